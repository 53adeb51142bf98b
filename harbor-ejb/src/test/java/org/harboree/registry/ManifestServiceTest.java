// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.oci.Digest;
import org.harboree.oci.MediaTypes;
import org.harboree.oci.Reference;
import org.harboree.oci.Tag;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManifestServiceTest extends RegistryFixture {
    private static final byte[] CONFIG = Registry.bytes("{\"os\":\"linux\",\"architecture\":\"amd64\"}");
    private static final byte[] LAYER = Registry.bytes("layer");

    private ManifestService manifests;
    private PullService pulls;

    @BeforeEach
    void open() {
        manifests = registry.beans.get(ManifestService.class);
        pulls = registry.beans.get(PullService.class);
        BlobUploadService uploads = registry.beans.get(BlobUploadService.class);
        List.of(CONFIG, LAYER).forEach(blob -> uploads.push(admin, NAME, Digest.sha256(blob), Registry.body(blob)));
    }

    private static byte[] image(String note) {
        return Registry.bytes(Registry.image(
                Digest.sha256(CONFIG), CONFIG.length, Digest.sha256(LAYER), LAYER.length, note));
    }

    private static byte[] index(byte[]... children) {
        List<String> entries = new ArrayList<>();
        for (byte[] child : children) {
            entries.add(Registry.descriptor(MediaTypes.OCI_MANIFEST, Digest.sha256(child), child.length));
        }
        return Registry.bytes("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":["
                + String.join(",", entries) + "]}");
    }

    private Digest push(String reference, byte[] content, String... tags) {
        return manifests.push(admin, NAME, Reference.parse(reference), null, () -> content, List.of(tags)).digest();
    }

    private byte[] pull(String reference) {
        return pulls.manifest(admin, NAME, Reference.parse(reference)).content();
    }

    @Test
    void shouldServeWhatWasPushedByTagAndByDigest() {
        Digest digest = push("latest", image("1"));
        assertThat(digest).isEqualTo(Digest.sha256(image("1")));
        for (int i = 0; i < 2; i++) {
            assertThat(pull("latest")).isEqualTo(image("1"));
            assertThat(pull(digest.toString())).isEqualTo(image("1"));
        }
        assertThat(registry.beans.get(CatalogService.class).catalog(admin, OptionalInt.empty(), "").names())
                .containsExactly("library/alpine");
    }

    @Test
    void shouldServeTheNewImageAtOnceWhereTheTagWasRemembered() {
        push("latest", image("1"));
        pull("latest");
        push("latest", image("2"));
        assertThat(pull("latest")).isEqualTo(image("2"));
        push(Digest.sha256(image("3")).toString(), image("3"), "latest", "v3");
        assertThat(pull("latest")).isEqualTo(image("3"));
        assertThat(pull("v3")).isEqualTo(image("3"));
    }

    @Test
    void shouldTakeTheSameImageAgain() {
        push("a", image("1"));
        push("b", image("1"));
        push("a", image("1"));
        assertThat(pull("a")).isEqualTo(pull("b"));
    }

    @Test
    void shouldMakeTheRepositoryAgainWhereAnotherNodeHasDeletedTheRememberedOne() {
        push("one", index());
        DATABASE.execute("DELETE FROM tag", "DELETE FROM artifact", "DELETE FROM repository");
        push("two", index());
        assertThat(pull("two")).isEqualTo(index());
    }

    @Test
    void shouldNameEachBlobThatIsMissing() {
        byte[] content = Registry.bytes(Registry.image(Registry.digest(1), 1, Registry.digest(2), 2, "x"));
        assertThatThrownBy(() -> push("latest", content)).isInstanceOfSatisfying(HarborException.class, e -> {
            assertThat(e.entries()).extracting(HarborException.Entry::code)
                    .containsOnly(ErrorCode.MANIFEST_BLOB_UNKNOWN);
            assertThat(e.entries()).extracting(HarborException.Entry::detail).containsExactlyInAnyOrder(
                    Map.of("digest", Registry.digest(1).toString()), Map.of("digest", Registry.digest(2).toString()));
        });
        assertRefused(ErrorCode.MANIFEST_BLOB_UNKNOWN, () -> push("latest", index(image("not pushed"))));
        assertRefused(ErrorCode.MANIFEST_UNKNOWN, () -> pull("latest"));
    }

    @Test
    void shouldTakeABlobThatIsBeingDeletedForMissing() {
        DATABASE.execute("UPDATE oci_blob SET state = 'DELETING' WHERE digest = '" + Digest.sha256(LAYER) + "'");
        assertRefused(ErrorCode.MANIFEST_BLOB_UNKNOWN, () -> push("latest", image("1")));
        assertRefused(ErrorCode.MANIFEST_UNKNOWN, () -> pull("latest"));
    }

    @Test
    void shouldRefuseADescriptorOfTheWrongSize() {
        byte[] content = Registry.bytes(Registry.image(
                Digest.sha256(CONFIG), CONFIG.length, Digest.sha256(LAYER), LAYER.length + 1, "x"));
        assertRefused(ErrorCode.MANIFEST_INVALID, () -> push("latest", content));
    }

    @Test
    void shouldRefuseContentOfAnotherDigest() {
        assertRefused(ErrorCode.DIGEST_INVALID, () -> push(Registry.digest(1).toString(), image("1")));
    }

    @Test
    void shouldTakeMoreTagsWithADigestOnly() {
        assertRefused(ErrorCode.TAG_INVALID, () -> push("latest", image("1"), "more"));
        String[] tooMany = IntStream.range(0, 47).mapToObj(i -> "t" + i).toArray(String[]::new);
        String digest = Digest.sha256(image("1")).toString();
        assertRefused(ErrorCode.TAGS_TOO_MANY, () -> push(digest, image("1"), tooMany));
        List<String> tags = List.of("b", "a", "b");
        assertThat(manifests.push(admin, NAME, Reference.parse(digest), null, () -> image("1"), tags).tags())
                .containsExactly(Tag.parse("a"), Tag.parse("b"));
    }

    @Test
    void shouldDeleteATagAndLeaveTheImage() {
        Digest digest = push("latest", image("1"));
        pull("latest");
        manifests.delete(admin, NAME, Reference.parse("latest"));
        assertRefused(ErrorCode.MANIFEST_UNKNOWN, () -> pull("latest"));
        assertThat(pull(digest.toString())).isEqualTo(image("1"));
        assertRefused(ErrorCode.MANIFEST_UNKNOWN, () -> manifests.delete(admin, NAME, Reference.parse("latest")));
    }

    @Test
    void shouldDeleteAnImageWithAllItsTagsAndBringNoneBackWithIt() {
        Digest digest = push("a", image("1"));
        push("b", image("1"));
        pull("a");
        pull("b");
        pull(digest.toString());
        manifests.delete(admin, NAME, digest);
        List.of("a", "b", digest.toString()).forEach(gone ->
                assertRefused(ErrorCode.MANIFEST_UNKNOWN, () -> pull(gone)));
        push(digest.toString(), image("1"));
        assertThat(pull(digest.toString())).isEqualTo(image("1"));
        assertRefused(ErrorCode.MANIFEST_UNKNOWN, () -> pull("a"));
    }

    @Test
    void shouldKeepTheImageThatAnIndexNeeds() {
        Digest child = push("child", image("1"));
        Digest parent = push("index", index(image("1")));
        assertRefused(ErrorCode.MANIFEST_REFERENCED, () -> manifests.delete(admin, NAME, child));
        assertThat(pull("child")).isEqualTo(image("1"));
        manifests.delete(admin, NAME, parent);
        manifests.delete(admin, NAME, child);
        assertRefused(ErrorCode.MANIFEST_UNKNOWN, () -> pull("child"));
    }

    @Test
    void shouldKeepABlobThatAnImageNeeds() {
        BlobService blobs = registry.beans.get(BlobService.class);
        Digest digest = push("latest", image("1"));
        assertRefused(ErrorCode.METHOD_UNSUPPORTED, () -> blobs.delete(admin, NAME, Digest.sha256(LAYER)));
        manifests.delete(admin, NAME, digest);
        pulls.blob(admin, NAME, Digest.sha256(LAYER));
        blobs.delete(admin, NAME, Digest.sha256(LAYER));
        assertRefused(ErrorCode.BLOB_UNKNOWN, () -> pulls.blob(admin, NAME, Digest.sha256(LAYER)));
    }

    @Test
    void shouldTakeEightPushesOfOneImageAndOfDifferentOnesAtOnce() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(8);
        List<Future<Digest>> pushes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String note = String.valueOf(i / 4);
            String tag = "t" + i;
            pushes.add(clients.submit(() -> push(tag, image(note))));
        }
        for (int i = 0; i < 8; i++) {
            assertThat(pushes.get(i).get()).isEqualTo(Digest.sha256(image(String.valueOf(i / 4))));
            assertThat(pull("t" + i)).isEqualTo(image(String.valueOf(i / 4)));
        }
        clients.shutdown();
    }
}
