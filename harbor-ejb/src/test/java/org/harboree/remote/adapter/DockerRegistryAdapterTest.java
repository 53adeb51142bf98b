// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.harboree.oci.Digest;
import org.harboree.oci.MediaTypes;
import org.harboree.oci.NamePattern;
import org.harboree.oci.Tag;
import org.harboree.remote.OutgoingBlob;
import org.harboree.remote.PieceSize;
import org.harboree.remote.RemoteArtifact;
import org.harboree.remote.RemoteName;
import org.harboree.remote.RemoteRegistry;
import org.harboree.remote.RemoteRegistryContract;
import org.harboree.remote.RemoteRegistryException;
import org.harboree.remote.RemoteRegistryException.Kind;
import org.harboree.remote.ScriptedUpstream;
import org.harboree.remote.ScriptedUpstream.Access;
import org.harboree.remote.Upstreams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerRegistryAdapterTest implements RemoteRegistryContract {
    private final ScriptedUpstream upstream = new ScriptedUpstream();

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Override
    public ScriptedUpstream upstream() {
        return upstream;
    }

    @Override
    public RemoteRegistry testee() throws IOException {
        upstream.protect(Access.TOKEN, "robot", "secret:with colon");
        RemoteRegistry testee = as("robot", "secret:with colon");
        // From then on its requests come with a token at once, and a fault meets none that was only to be refused.
        testee.ping();
        return testee;
    }

    @Test
    void repositoriesShouldBeThoseOfTheCatalogThatMatch() throws IOException {
        for (String name : new String[] {"library/a", "library/b", "other/c", "d"}) {
            upstream.putManifest(name, "v1", MediaTypes.OCI_MANIFEST, MANIFEST);
        }
        upstream.pagesOf(1);
        RemoteRegistry testee = testee();

        assertThat(testee.repositories(NamePattern.parse("library/*"))).extracting(RemoteName::value)
                .containsExactly("library/a", "library/b");
        assertThat(testee.repositories(NamePattern.everything())).hasSize(4);
    }

    @Test
    void artifactsShouldBeTheTags() throws IOException {
        upstream.putManifest("library/app", "v1", MediaTypes.OCI_MANIFEST, MANIFEST);

        assertThat(testee().artifacts(REPOSITORY)).containsExactly(RemoteArtifact.of(Tag.parse("v1")));
    }

    @Test
    void deleteTagShouldLeaveOtherTagsAlone() throws IOException {
        upstream.putManifest("library/app", "v1", MediaTypes.OCI_MANIFEST, MANIFEST);
        upstream.putManifest("library/app", "v2", MediaTypes.OCI_MANIFEST, MANIFEST);

        testee().deleteTag(REPOSITORY, Tag.parse("v1"));

        assertThat(upstream.tagsOf("library/app")).containsExactly("v2");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void uploadBlobShouldSendALargeBlobInPiecesWhereTheRegistryTakesThem(boolean takes) throws IOException {
        byte[] large = new byte[(int) PieceSize.ofWay(0).next() + 1];
        Digest digest = Digest.sha256(large);
        RemoteRegistry testee = testee();
        if (!takes) {
            upstream.answer(Upstreams.ATTEMPTS, "PATCH", 405);
        }

        testee.uploadBlob(REPOSITORY, OutgoingBlob.of(digest, large.length, offset -> {
            return new ByteArrayInputStream(large, (int) offset, large.length - (int) offset);
        }));

        assertThat(upstream.blob("library/app", digest)).isEqualTo(large);
        assertThat(upstream.asked("PUT .*/uploads/")).singleElement()
                .satisfies(put -> assertThat(put.header("content-length")).isEqualTo(takes ? "0" : "" + large.length));
        assertThat(upstream.openUploads()).isZero();
    }

    @Test
    void oneTokenShouldDoForManyRequests() throws IOException {
        upstream.putManifest("library/app", "v1", MediaTypes.OCI_MANIFEST, MANIFEST);
        RemoteRegistry testee = testee();
        upstream.forgetAsked();

        for (int i = 0; i < 5; i++) {
            testee.manifest(REPOSITORY, Tag.parse("v1"));
        }

        assertThat(upstream.asked("GET /token")).hasSize(1);
        assertThat(ScriptedUpstream.query(upstream.asked("GET /token").get(0).uri()))
                .containsEntry("service", "scripted service").containsEntry("account", "robot");
        assertThat(upstream.asked("GET .*/manifests/")).hasSize(5);
    }

    @Test
    void aTokenThatIsNotTakenAnyMoreShouldBeReplaced() throws IOException {
        upstream.putManifest("library/app", "v1", MediaTypes.OCI_MANIFEST, MANIFEST);
        RemoteRegistry testee = testee();
        testee.manifest(REPOSITORY, Tag.parse("v1"));

        upstream.forgetTokens();

        assertThat(testee.manifest(REPOSITORY, Tag.parse("v1"))).isPresent();
        assertThat(upstream.tokensGiven()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(value = Access.class, names = {"BASIC", "TOKEN"})
    void aWrongPasswordShouldBeToldByPing(Access access) throws IOException {
        upstream.protect(access, "robot", "secret");
        as("robot", "secret").ping();

        RemoteRegistry testee = as("robot", "wrong");

        assertThatThrownBy(testee::ping).isInstanceOf(RemoteRegistryException.class)
                .hasMessageNotContaining("wrong").extracting("kind").isEqualTo(Kind.UNAUTHORIZED);
    }

    @Test
    void aRegistryThatWantsACredentialShouldBeFoundWithoutOne() throws IOException {
        upstream.protect(Access.BASIC, "robot", "secret");

        new DockerRegistryAdapter(Upstreams.connections())
                .open(Upstreams.endpoint(DockerRegistryAdapter.TYPE, upstream)).ping();
    }

    @Test
    void pagesThatGoInACircleShouldEnd() throws IOException {
        upstream.on("GET", "/v2/library/app/tags/list", exchange -> {
            exchange.getResponseHeaders().add("Link", "</v2/library/app/tags/list?n=1000>; rel=\"next\"");
            ScriptedUpstream.json(exchange, 200, "{\"tags\":[\"a\"]}");
        });
        RemoteRegistry testee = testee();

        assertThatThrownBy(() -> testee.tags(REPOSITORY)).extracting("kind").isEqualTo(Kind.MALFORMED);
    }

    private RemoteRegistry as(String user, String password) throws IOException {
        return new DockerRegistryAdapter(Upstreams.connections())
                .open(Upstreams.endpoint(DockerRegistryAdapter.TYPE, upstream, user, password));
    }
}
