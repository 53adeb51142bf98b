// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.harboree.database.TestDatabase;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.oci.Digest;
import org.harboree.oci.NamePattern;
import org.harboree.oci.Tag;
import org.harboree.remote.BlobSource;
import org.harboree.remote.OutgoingBlob;
import org.harboree.remote.PieceSize;
import org.harboree.remote.RemoteName;
import org.harboree.remote.RemoteRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class LocalRegistryTest {
    private static final int PIECE = 4 << 20;
    private static final RemoteName APP = RemoteName.parse("mirror/app");

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.shared();

    @TempDir
    Path folder;

    private final MemoryRegistry source = new MemoryRegistry("source");
    private final FakeTask task = new FakeTask();
    private Replicas replicas;
    private LocalRegistry local;

    @BeforeEach
    void open() {
        replicas = new Replicas(DATABASE, folder);
        local = replicas.local();
    }

    private void prepare() {
        assertThat(local.prepareForPush(List.of(new RemoteRegistry.Destination(APP, false)))).isEmpty();
    }

    private Transfer transfer() {
        PolicySpec policy = new PolicySpec("p", "", OptionalLong.of(1), OptionalLong.empty(),
                new DestinationNamespace("", -1), new PolicyFilters(List.of()), PolicyTrigger.MANUAL, true, true, true,
                0, false, false);
        return new Transfer(new Transfer.Side("1", source, RemoteName.parse("library/app")),
                new Transfer.Side("local", local, APP), policy, task, new BlobFlights(),
                TaskState.of(task), Set::of);
    }

    @Test
    void shouldTakeAnImageWithWhatRefersToItIntoAProjectThatIsMadeForIt() throws IOException {
        Digest image = source.image("library/app", "v1", "layer");
        Digest signature = source.image("library/app", "", "signature", Optional.of(image));
        prepare();

        transfer().copy(new TaskSpec.Item(Optional.empty(), List.of(Tag.parse("v1"))));

        assertThat(local.headManifest(APP, Tag.parse("v1")).orElseThrow().digest()).isEqualTo(image);
        assertThat(local.manifest(APP, image).orElseThrow().bytes())
                .isEqualTo(source.manifest("library/app", image).bytes());
        assertThat(local.referrers(APP, image)).extracting(descriptor -> descriptor.digest())
                .containsExactly(signature);
        assertThat(local.tags(APP)).containsExactly(Tag.parse("v1"));
        assertThat(local.tagsOf(APP, image)).containsExactly(Tag.parse("v1"));
        assertThat(local.artifacts(APP)).singleElement()
                .satisfies(artifact -> assertThat(artifact.digest()).contains(image));
        assertThat(local.repositories(NamePattern.parse("mirror/**"))).containsExactly(APP);
        assertThat(local.repositories(NamePattern.parse("other/**"))).isEmpty();
    }

    @Test
    void shouldTellAtOnceWhatItsTagsStandForAndWhetherSomethingRefersToIt() throws IOException {
        Digest signed = source.image("library/app", "v1", "layer");
        source.image("library/app", "", "signature", Optional.of(signed));
        Digest plain = source.image("library/app", "v2", "other layer");
        prepare();
        transfer().copy(new TaskSpec.Item(Optional.empty(), List.of(Tag.parse("v1"), Tag.parse("v2"))));

        assertThat(local.tagStates(APP, List.of(Tag.parse("v1"), Tag.parse("v2"), Tag.parse("v3")))).hasValueSatisfying(
                states -> assertThat(states).containsOnlyKeys(Tag.parse("v1"), Tag.parse("v2"))
                        .hasEntrySatisfying(Tag.parse("v1"), state -> {
                            assertThat(state.head()).isEqualTo(local.headManifest(APP, signed).orElseThrow());
                            assertThat(state.referred()).isTrue();
                        })
                        .hasEntrySatisfying(Tag.parse("v2"), state -> {
                            assertThat(state.head()).isEqualTo(local.headManifest(APP, plain).orElseThrow());
                            assertThat(state.referred()).isFalse();
                        }));
        assertThat(local.tagStates(APP, List.of())).contains(Map.of());
        assertThat(local.tagStates(RemoteName.parse("nowhere/app"), List.of(Tag.parse("v1")))).contains(Map.of());
    }

    @Test
    void shouldGiveWhatItHas() throws IOException {
        source.image("library/app", "v1", "layer");
        prepare();
        transfer().copy(new TaskSpec.Item(Optional.empty(), List.of(Tag.parse("v1"))));
        Digest layer = Digest.sha256("layer".getBytes(StandardCharsets.UTF_8));

        assertThat(local.blobSize(APP, layer)).hasValue(5);
        try (InputStream bytes = local.openBlob(APP, layer, 5, 2)) {
            assertThat(bytes.readAllBytes()).isEqualTo("yer".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(local.repositoryWith(layer)).contains(APP);
        assertThat(local.mountBlob(RemoteName.parse("mirror/other"), layer, APP)).isTrue();
        assertThat(local.blobSize(RemoteName.parse("mirror/other"), layer)).hasValue(5);
    }

    @Test
    void shouldKnowNothingOfWhatIsNotHere() throws IOException {
        RemoteName nowhere = RemoteName.parse("nowhere/app");
        Digest digest = Digest.sha256(new byte[0]);

        assertThat(local.artifacts(nowhere)).isEmpty();
        assertThat(local.tags(nowhere)).isEmpty();
        assertThat(local.headManifest(nowhere, Tag.parse("v1"))).isEmpty();
        assertThat(local.blobSize(nowhere, digest)).isEmpty();
        assertThat(local.referrers(nowhere, digest)).isEmpty();
        assertThat(local.repositoryWith(digest)).isEmpty();
        assertThat(local.prepareForPush(List.of(new RemoteRegistry.Destination(RemoteName.parse("flat"), false))))
                .containsExactly(RemoteName.parse("flat"));
    }

    @Test
    void shouldDeleteATagAndAnArtifact() throws IOException {
        Digest image = source.image("library/app", "v1", "layer");
        source.image("library/app", "v2", "layer");
        prepare();
        transfer().copy(new TaskSpec.Item(Optional.empty(), List.of(Tag.parse("v1"), Tag.parse("v2"))));

        local.deleteTag(APP, Tag.parse("v1"));
        assertThat(local.tags(APP)).containsExactly(Tag.parse("v2"));
        local.deleteManifest(APP, image);
        assertThat(local.headManifest(APP, image)).isEmpty();
        local.deleteManifest(APP, image);
        local.deleteTag(APP, Tag.parse("v1"));
    }

    /** Bytes that end with a failure after so many. */
    private static InputStream cut(byte[] bytes, int from, int length) {
        return new FilterInputStream(new ByteArrayInputStream(bytes, from, length)) {
            @Override
            public int read(byte[] buffer, int offset, int count) throws IOException {
                int read = super.read(buffer, offset, count);
                if (read < 0) {
                    throw new IOException("the line is cut");
                }
                return read;
            }
        };
    }

    private OutgoingBlob blob(Digest digest, long size, BlobSource bytes) {
        return new OutgoingBlob(digest, size, bytes, PieceSize.fixed(PIECE), TaskState.of(task));
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    @Test
    void shouldGoOnWithALargeBlobFromItsLastPiece() throws IOException {
        byte[] bytes = random(2 * PIECE + 5000);
        Digest digest = Digest.sha256(bytes);
        prepare();
        assertThatThrownBy(() -> local.uploadBlob(APP, blob(digest, bytes.length,
                offset -> cut(bytes, (int) offset, PIECE + 100)))).rootCause().hasMessage("the line is cut");

        List<Long> offsets = new ArrayList<>();
        LocalRegistry afterRestart = replicas.local();
        afterRestart.uploadBlob(APP, blob(digest, bytes.length, offset -> {
            offsets.add(offset);
            return new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
        }));

        assertThat(offsets).containsExactly((long) PIECE);
        assertThat(local.blobSize(APP, digest)).hasValue(bytes.length);
    }

    @Test
    void shouldKeepNothingOfALargeBlobThatIsAnother() {
        byte[] bytes = random(2 * PIECE + 5000);
        Digest other = Digest.sha256(new byte[] {1});
        prepare();

        assertThatThrownBy(() -> local.uploadBlob(APP, blob(other, bytes.length,
                offset -> new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset))))
                .isInstanceOfSatisfying(HarborException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.DIGEST_INVALID));

        assertThat(local.blobSize(APP, other)).isEmpty();
        List<Long> offsets = new ArrayList<>();
        assertThatThrownBy(() -> local.uploadBlob(APP, blob(other, bytes.length, offset -> {
            offsets.add(offset);
            return new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
        }))).isInstanceOf(HarborException.class);
        assertThat(offsets).as("begun anew").containsExactly(0L);
    }
}
