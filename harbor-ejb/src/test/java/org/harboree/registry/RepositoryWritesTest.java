// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.harboree.access.Caller;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.oci.Digest;
import org.harboree.oci.Manifest;
import org.harboree.oci.MediaTypes;
import org.harboree.oci.Reference;
import org.harboree.oci.RepositoryName;
import org.harboree.oci.Tag;
import org.harboree.project.NewProject;
import org.harboree.project.ProjectService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pushes and mounts in one transaction; those that come one after the other are in the tests of their services. */
class RepositoryWritesTest extends RegistryFixture {
    private static final byte[] CONFIG = Registry.bytes("{\"os\":\"linux\",\"architecture\":\"amd64\"}");
    private static final byte[] LAYER = Registry.bytes("layer");
    private static final RepositoryName SPARSE = RepositoryName.parse("sparse/app");

    private final List<RepositoryWrite> opened = new ArrayList<>();
    private RepositoryWrites writes;
    private PullService pulls;

    @BeforeEach
    void open() {
        writes = registry.beans.get(RepositoryWrites.class);
        pulls = registry.beans.get(PullService.class);
        registry.beans.get(ProjectService.class)
                .create(registry.admin(), new NewProject("sparse", Map.of("allow_sparse_index", "true")));
        BlobUploadService uploads = registry.beans.get(BlobUploadService.class);
        for (RepositoryName name : List.of(NAME, SPARSE)) {
            List.of(CONFIG, LAYER).forEach(blob -> uploads.push(admin, name, Digest.sha256(blob), Registry.body(blob)));
        }
        push(NAME, "first", image("first"));
    }

    @AfterEach
    void settle() {
        opened.forEach(RepositoryWrite::close);
    }

    private void push(RepositoryName name, String reference, byte[] content) {
        registry.beans.get(ManifestService.class)
                .push(admin, name, Reference.parse(reference), null, () -> content, List.of());
    }

    private static byte[] image(String note) {
        return Registry.bytes(Registry.image(
                Digest.sha256(CONFIG), CONFIG.length, Digest.sha256(LAYER), LAYER.length, note));
    }

    private static byte[] index(byte[] child) {
        return Registry.bytes("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":["
                + Registry.descriptor(MediaTypes.OCI_MANIFEST, Digest.sha256(child), child.length) + "]}");
    }

    private static RepositoryName name(String name) {
        return RepositoryName.parse(name);
    }

    private ManifestPush manifest(RegistryCaller who, RepositoryName name, byte[] content, String... tags) {
        Manifest manifest = Registry.parse(new String(content, StandardCharsets.UTF_8));
        return opened(new ManifestPush(who, name, manifest, Stream.of(tags).map(Tag::parse).toList(),
                present -> new ArtifactFacts("IMAGE", null, null)));
    }

    private BlobMount mount(RepositoryName name, byte[] blob, RepositoryName from) {
        return opened(new BlobMount(admin, name, Digest.sha256(blob), Optional.of(from)));
    }

    private <W extends RepositoryWrite> W opened(W write) {
        opened.add(write);
        return write;
    }

    /** In one transaction, as when they come at the same moment. */
    private Map<RepositoryWrite, RuntimeException> together(RepositoryWrite... together) {
        Map<RepositoryWrite, RuntimeException> refusals = registry.work.call(() -> writes.write(List.of(together)));
        settle();
        return refusals;
    }

    private byte[] pull(RepositoryName name, String reference) {
        return pulls.manifest(admin, name, Reference.parse(reference)).content();
    }

    private boolean exists(RepositoryName name) {
        return registry.work.call(() -> registry.beans.get(RepositoryDao.class).find(name.toString())).isPresent();
    }

    @Test
    void shouldWriteToAnyRepositoriesAtOnce() {
        RepositoryName one = name("library/one");
        RepositoryName two = name("library/two");
        BlobMount first = mount(one, CONFIG, NAME);
        assertThat(together(first, mount(two, LAYER, NAME), mount(one, LAYER, NAME), mount(two, CONFIG, NAME),
                manifest(admin, one, image("a"), "1"), manifest(admin, two, image("a"), "1", "2"),
                manifest(admin, NAME, image("b"), "3"))).isEmpty();
        assertThat(first.mounted()).map(BlobRef::digest).contains(Digest.sha256(CONFIG));
        assertThat(pull(one, "1")).isEqualTo(image("a"));
        assertThat(pull(two, "2")).isEqualTo(image("a"));
        assertThat(pull(NAME, "3")).isEqualTo(image("b"));
        assertThat(pulls.blob(admin, two, Digest.sha256(LAYER)).size()).isEqualTo(LAYER.length);
    }

    @Test
    void shouldGiveATagToTheLastOneThatAsksForIt() {
        together(manifest(admin, NAME, image("a"), "t"), manifest(admin, NAME, image("b"), "t", "u"),
                manifest(admin, NAME, image("c"), "u", "t"));
        assertThat(pull(NAME, "t")).isEqualTo(image("c"));
        assertThat(pull(NAME, "u")).isEqualTo(image("c"));
    }

    @Test
    void shouldTakeTheSameManifestOnceForAllItsTags() {
        together(manifest(admin, NAME, image("a"), "t"), manifest(admin, NAME, image("a"), "u"),
                manifest(admin, NAME, image("first"), "again"));
        assertThat(pull(NAME, "u")).isEqualTo(pull(NAME, "t"));
        assertThat(pull(NAME, "again")).isEqualTo(image("first"));
    }

    @Test
    void shouldShowTheNewHeadOfATagThatWasRemembered() {
        pull(NAME, "first");
        together(manifest(admin, NAME, image("a"), "first"), manifest(admin, NAME, image("b"), "other"));
        assertThat(pull(NAME, "first")).isEqualTo(image("a"));
    }

    @Test
    void shouldRefuseOneAndWriteTheOthers() {
        byte[] incomplete = Registry.bytes(Registry.image(Registry.digest(1), 1, Registry.digest(2), 2, "x"));
        ManifestPush refused = manifest(admin, NAME, incomplete, "bad", "first");
        RegistryCaller stranger = RegistryCaller.of(Caller.anonymous());
        ManifestPush forbidden = manifest(stranger, NAME, image("s"), "strange");
        Map<RepositoryWrite, RuntimeException> refusals = together(manifest(admin, NAME, image("a"), "1"), refused,
                forbidden, manifest(admin, NAME, image("b"), "2"));
        assertThat(refusals).containsOnlyKeys(refused, forbidden);
        assertThat(((HarborException) refusals.get(refused)).code()).isEqualTo(ErrorCode.MANIFEST_BLOB_UNKNOWN);
        assertThat(((HarborException) refusals.get(forbidden)).code()).isEqualTo(ErrorCode.UNAUTHORIZED);
        assertThat(pull(NAME, "1")).isEqualTo(image("a"));
        assertThat(pull(NAME, "2")).isEqualTo(image("b"));
        assertThat(pull(NAME, "first")).isEqualTo(image("first"));
        List.of("bad", "strange", Digest.sha256(incomplete).toString()).forEach(nothing ->
                assertRefused(ErrorCode.MANIFEST_UNKNOWN, () -> pull(NAME, nothing)));
    }

    @Test
    void shouldMakeNoRepositoryForARefusedManifest() {
        RepositoryName fresh = name("library/fresh");
        ManifestPush refused = manifest(admin, fresh, image("a"), "1");
        assertThatThrownBy(() -> together(manifest(admin, NAME, image("b"), "1"), refused))
                .as("then each gets a transaction of its own").isInstanceOf(HarborException.class);
        assertThat(exists(fresh)).isFalse();
        assertRefused(ErrorCode.MANIFEST_BLOB_UNKNOWN, () -> writes.run(refused));
        assertThat(exists(fresh)).isFalse();
    }

    @Test
    void shouldMountNothingFromWhereTheBlobIsNot() {
        RepositoryName fresh = name("library/fresh");
        BlobMount nothing = mount(fresh, Registry.bytes("unknown"), NAME);
        BlobMount nowhere = mount(fresh, LAYER, name("library/nowhere"));
        BlobMount found = mount(name("library/one"), LAYER, NAME);
        assertThat(together(nothing, nowhere, found)).isEmpty();
        assertThat(nothing.mounted()).isEmpty();
        assertThat(nowhere.mounted()).isEmpty();
        assertThat(found.mounted()).isPresent();
        assertThat(exists(fresh)).isFalse();
    }

    @Test
    void shouldMountNoBlobThatIsBeingDeleted() {
        DATABASE.execute("UPDATE oci_blob SET state = 'DELETING' WHERE digest = '" + Digest.sha256(LAYER) + "'");
        BlobMount gone = mount(name("library/one"), LAYER, NAME);
        BlobMount live = mount(name("library/one"), CONFIG, NAME);
        together(gone, live);
        assertThat(gone.mounted()).isEmpty();
        assertThat(live.mounted()).isPresent();
    }

    @Test
    void shouldHoldTheChildOfASparseIndexThatComesWithIt() {
        together(manifest(admin, SPARSE, index(image("child")), "index"),
                manifest(admin, SPARSE, image("child"), "child"));
        assertRefused(ErrorCode.MANIFEST_REFERENCED, () ->
                registry.beans.get(ManifestService.class).delete(admin, SPARSE, Digest.sha256(image("child"))));
    }

    @Test
    void shouldHoldTheBlobOfASparseImageThatIsMountedBesideIt() {
        byte[] other = Registry.bytes("another layer");
        registry.beans.get(BlobUploadService.class).push(admin, NAME, Digest.sha256(other), Registry.body(other));
        byte[] sparse = Registry.bytes(Registry.image(
                Digest.sha256(CONFIG), CONFIG.length, Digest.sha256(other), other.length, "sparse"));
        push(SPARSE, "1", sparse);
        together(mount(SPARSE, other, NAME), mount(name("library/one"), LAYER, NAME));
        assertRefused(ErrorCode.METHOD_UNSUPPORTED, () ->
                registry.beans.get(BlobService.class).delete(admin, SPARSE, Digest.sha256(other)));
    }
}
