// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.harboree.oci.Digest;
import org.harboree.oci.MediaTypes;
import org.harboree.oci.NamePattern;
import org.harboree.oci.Tag;
import org.harboree.remote.AdapterInfo.Filter;
import org.harboree.remote.OutgoingBlob;
import org.harboree.remote.RemoteArtifact;
import org.harboree.remote.RemoteManifest;
import org.harboree.remote.RemoteName;
import org.harboree.remote.RemoteRegistry;
import org.harboree.remote.RemoteRegistry.Destination;
import org.harboree.remote.RemoteRegistryContract;
import org.harboree.remote.RemoteRegistryException.Kind;
import org.harboree.remote.ScriptedUpstream;
import org.harboree.remote.ScriptedUpstream.Access;
import org.harboree.remote.Upstreams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HarborAdapterTest implements RemoteRegistryContract {
    private static final String API = "/api/v2.0";
    private static final String DIGEST = Digest.sha256(new byte[] {1}).value();
    private static final String SIGNATURE = Digest.sha256(new byte[] {2}).value();
    private static final String CHILD = Digest.sha256(new byte[] {3}).value();
    private static final String SBOM = Digest.sha256(new byte[] {4}).value();

    private final ScriptedUpstream upstream = new ScriptedUpstream();
    private final List<String> created = new ArrayList<>();

    @BeforeEach
    void speakHarborsDialect() {
        answer("/api/version", "{\"version\":\"v2.0\"}");
        answer(API + "/labels", "[{\"name\":\"stable\"},{\"name\":\"tested\"}]");
        upstream.on("GET", API + "/projects", exchange -> {
            String part = ScriptedUpstream.query(exchange.getRequestURI()).getOrDefault("name", "");
            ScriptedUpstream.json(exchange, 200, List.of("library", "library2", "proxy").stream()
                    .filter(name -> name.contains(part))
                    .map(name -> "{\"name\":\"" + name + "\"" + (name.equals("proxy") ? ",\"registry_id\":3" : "")
                            + "}")
                    .collect(Collectors.joining(",", "[", "]")));
        });
        upstream.on("POST", API + "/projects", exchange -> {
            created.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(201, -1);
        });
    }

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
        upstream.protect(Access.TOKEN, "robot$x", "secret");
        RemoteRegistry testee = new HarborAdapter(Upstreams.connections())
                .open(Upstreams.endpoint(HarborAdapter.TYPE, upstream, "robot$x", "secret"));
        // From then on its requests come with a token at once, and a fault meets none that was only to be refused.
        testee.ping();
        return testee;
    }

    @Test
    void shouldNotOpenWhatIsNoHarborOfToday() {
        answer("/api/version", "{\"version\":\"v3.0\"}");
        assertThatThrownBy(this::testee).hasMessageContaining("v3.0").extracting("kind").isEqualTo(Kind.REFUSED);

        upstream.on("GET", "/api/version", exchange -> ScriptedUpstream.error(exchange, 404, "NOT_FOUND", "no"));
        assertThatThrownBy(this::testee).hasMessageContaining("no Harbor").extracting("kind").isEqualTo(Kind.REFUSED);
    }

    @Test
    void infoShouldOfferTheLabelsOfTheRegistry() throws IOException {
        assertThat(testee().info().filters()).contains(new Filter("label", "list", List.of("stable", "tested")),
                new Filter("resource", "radio", List.of("image", "artifact")));
        assertThat(testee().info().copyByChunk()).isTrue();
    }

    @Test
    void repositoriesShouldBeThoseOfTheProjectsOfThePatternOnAllPages() throws IOException {
        upstream.on("GET", API + "/projects/library/repositories", exchange -> {
            int page = Integer.parseInt(ScriptedUpstream.query(exchange.getRequestURI()).get("page"));
            ScriptedUpstream.json(exchange, 200, IntStream.range(0, page == 1 ? 100 : 2)
                    .mapToObj(i -> "{\"name\":\"library/p" + page + "-" + i + "\"}")
                    .collect(Collectors.joining(",", "[", "]")));
        });
        RemoteRegistry testee = testee();

        assertThat(testee.repositories(NamePattern.parse("library/**"))).hasSize(102);
        assertThat(testee.repositories(NamePattern.parse("library/p2-*"))).extracting(RemoteName::value)
                .containsExactly("library/p2-0", "library/p2-1");
        assertThat(upstream.asked("library2")).isEmpty();
    }

    @Test
    void repositoriesOfAProjectThatIsNotThereShouldBeNone() throws IOException {
        upstream.on("GET", API + "/projects/none/repositories",
                exchange -> ScriptedUpstream.error(exchange, 403, "FORBIDDEN", "forbidden"));

        assertThat(testee().repositories(NamePattern.parse("none/*"))).isEmpty();
    }

    @Test
    void nothingShouldBeInAProjectThatIsNotThere() throws IOException {
        RemoteName nowhere = RemoteName.parse("none/app");
        RemoteName closed = RemoteName.parse("library/app");
        for (RemoteName name : List.of(nowhere, closed)) {
            for (String path : List.of("manifests/v1", "blobs/" + DIGEST)) {
                upstream.on("HEAD", "/v2/" + name + "/" + path, exchange -> exchange.sendResponseHeaders(403, -1));
            }
            upstream.on("GET", "/v2/" + name + "/tags/list",
                    exchange -> ScriptedUpstream.error(exchange, 403, "DENIED", "denied"));
        }
        RemoteRegistry testee = testee();

        assertThat(testee.headManifest(nowhere, Tag.parse("v1"))).isEmpty();
        assertThat(testee.tags(nowhere)).isEmpty();
        assertThat(testee.blobSize(nowhere, Digest.parse(DIGEST))).isEmpty();
        assertThatThrownBy(() -> testee.headManifest(closed, Tag.parse("v1"))).extracting("kind")
                .isEqualTo(Kind.FORBIDDEN);
        assertThatThrownBy(() -> testee.tags(closed)).extracting("kind").isEqualTo(Kind.FORBIDDEN);
        assertThatThrownBy(() -> testee.blobSize(closed, Digest.parse(DIGEST))).extracting("kind")
                .isEqualTo(Kind.FORBIDDEN);
    }

    @Test
    void aTokenThatIsRefusedShouldGiveWayToNameAndPassword() throws IOException {
        String path = "/v2/library/app/manifests/v1";
        upstream.on("HEAD", path, exchange -> {
            if (exchange.getRequestHeaders().getFirst("Authorization").startsWith("Basic ")) {
                exchange.getResponseHeaders().add("Content-Type", MediaTypes.OCI_MANIFEST);
                exchange.getResponseHeaders().add("Docker-Content-Digest", DIGEST);
                exchange.sendResponseHeaders(200, -1);
            } else {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"harbor\"");
                exchange.sendResponseHeaders(401, -1);
            }
        });
        RemoteRegistry testee = testee();
        RemoteName name = RemoteName.parse("library/app");

        for (int i = 0; i < 2; i++) {
            assertThat(testee.headManifest(name, Tag.parse("v1"))).map(RemoteManifest.Head::digest)
                    .contains(Digest.parse(DIGEST));
        }

        assertThat(upstream.asked("HEAD " + path)).hasSize(3);
        testee.ping();
        assertThat(upstream.asked("GET /v2/$")).last().extracting(asked -> asked.header("Authorization")).asString()
                .startsWith("Bearer ");
    }

    @Test
    void artifactsShouldComeWithLabelsAndAccessories() throws IOException {
        String list = API + "/projects/library/repositories/a%252Fb/artifacts";
        answer(list, "[{\"digest\":\"" + DIGEST + "\",\"tags\":[{\"name\":\"v2\"},{\"name\":\"v1\"}],"
                + "\"labels\":[{\"name\":\"stable\"}],\"accessories\":[{\"digest\":\"" + SIGNATURE + "\"}],"
                + "\"references\":[{\"child_digest\":\"" + CHILD + "\"}]}]");
        answer(list + "/" + encoded(SIGNATURE), "{\"digest\":\"" + SIGNATURE + "\",\"tags\":[{\"name\":\"sig\"}]}");
        answer(list + "/" + encoded(CHILD), "{\"digest\":\"" + CHILD + "\",\"accessories\":[{\"digest\":\"" + SBOM
                + "\"}]}");
        answer(list + "/" + encoded(SBOM), "{\"digest\":\"" + SBOM + "\",\"accessories\":[{\"digest\":\"" + SBOM
                + "\"}]}");

        List<RemoteArtifact> artifacts = testee().artifacts(RemoteName.parse("library/a/b"));

        assertThat(artifacts).extracting(artifact -> artifact.digest().orElseThrow().value())
                .containsExactly(DIGEST, SIGNATURE, SBOM);
        assertThat(artifacts).extracting(RemoteArtifact::accessory).containsExactly(false, true, true);
        assertThat(artifacts).allMatch(artifact -> artifact.labels().equals(Set.of("stable")));
        assertThat(artifacts.get(0).tags()).containsExactly(Tag.parse("v1"), Tag.parse("v2"));
        assertThat(artifacts.get(1).parentTags()).containsExactly(Tag.parse("v1"), Tag.parse("v2"));
    }

    @Test
    void artifactsOfAMissingRepositoryShouldBeNone() throws IOException {
        upstream.on("GET", API + "/projects/library/repositories/none/artifacts",
                exchange -> ScriptedUpstream.error(exchange, 404, "NOT_FOUND", "not found"));

        assertThat(testee().artifacts(RemoteName.parse("library/none"))).isEmpty();
    }

    @Test
    void deleteTagShouldAskHarborsOwnApi() throws IOException {
        upstream.on("DELETE", API + "/projects/library/repositories/a/artifacts/v1/tags/v1",
                exchange -> exchange.sendResponseHeaders(200, -1));

        testee().deleteTag(RemoteName.parse("library/a"), Tag.parse("v1"));

        assertThat(upstream.asked("DELETE")).hasSize(1);
    }

    @Test
    void repositoryWithABlobShouldBeAsked() throws IOException {
        answer(API + "/repositories", "[{\"name\":\"library/other\"}]");

        assertThat(testee().repositoryWith(Digest.parse(DIGEST))).contains(OTHER);
        assertThat(upstream.asked("/repositories\\?")).anyMatch(asked ->
                ScriptedUpstream.query(asked.uri()).get("q").equals("blob_digest=" + DIGEST));
    }

    @Test
    void uploadBlobShouldMoveNoBytesOfABlobThatTheRegistryFindsInARepositoryThatIsInNoListYet() throws IOException {
        Digest digest = upstream.putBlob("library/other", LAYER);
        RemoteRegistry testee = testee();

        testee.uploadBlob(REPOSITORY, OutgoingBlob.of(digest, LAYER.length, LAYER_SOURCE));

        assertThat(upstream.blob("library/app", digest)).isEqualTo(LAYER);
        assertThat(upstream.asked("PUT|PATCH")).isEmpty();
    }

    @Test
    void prepareForPushShouldMakeWhatIsMissingAndLeaveOutProxies() throws IOException {
        Set<RemoteName> closed = testee().prepareForPush(List.of(
                new Destination(RemoteName.parse("library/a"), false),
                new Destination(RemoteName.parse("proxy/a"), true),
                new Destination(RemoteName.parse("fresh/a"), true),
                new Destination(RemoteName.parse("mixed/a"), true),
                new Destination(RemoteName.parse("mixed/b"), false)));

        assertThat(closed).containsExactly(RemoteName.parse("proxy/a"));
        assertThat(created).hasSize(2).anyMatch(body -> body.contains("fresh") && body.contains("\"true\""))
                .anyMatch(body -> body.contains("mixed") && body.contains("\"false\""));
    }

    private void answer(String path, String json) {
        upstream.on("GET", path.replace(".", "\\."), exchange -> {
            String page = ScriptedUpstream.query(exchange.getRequestURI()).getOrDefault("page", "1");
            ScriptedUpstream.json(exchange, 200, page.equals("1") || !json.startsWith("[") ? json : "[]");
        });
    }

    private static String encoded(String digest) {
        return digest.replace(":", "%3A");
    }
}
