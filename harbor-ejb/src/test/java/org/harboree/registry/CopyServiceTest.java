// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.harboree.access.Caller;
import org.harboree.error.ErrorCode;
import org.harboree.oci.Digest;
import org.harboree.oci.MediaTypes;
import org.harboree.oci.Reference;
import org.harboree.oci.RepositoryName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CopyServiceTest extends RegistryFixture {
    private static final byte[] CONFIG = Registry.bytes("{}");

    private ManifestService manifests;
    private Caller caller;

    @BeforeEach
    void open() {
        manifests = registry.beans.get(ManifestService.class);
        caller = admin.caller();
        registry.beans.get(BlobUploadService.class)
                .push(admin, NAME, Digest.sha256(CONFIG), Registry.body(CONFIG));
    }

    private byte[] push(String json, String... tags) {
        byte[] content = Registry.bytes(json);
        manifests.push(admin, NAME, Digest.sha256(content), null, () -> content, List.of(tags));
        return content;
    }

    private static String image(String note) {
        return Registry.image(Digest.sha256(CONFIG), CONFIG.length, Digest.sha256(CONFIG), CONFIG.length, note);
    }

    private static String index(byte[]... children) {
        return "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":["
                + Arrays.stream(children).map(child -> Registry.descriptor(isIndex(child) ? MediaTypes.OCI_INDEX
                        : MediaTypes.OCI_MANIFEST, Digest.sha256(child), child.length)).collect(Collectors.joining(","))
                + "]}";
    }

    private static boolean isIndex(byte[] manifest) {
        return Registry.parse(new String(manifest, StandardCharsets.UTF_8)).isIndex();
    }

    private static String referrer(Digest subject, int number) {
        return image("refers " + number).replaceFirst("}$", ",\"subject\":"
                + Registry.descriptor(MediaTypes.OCI_MANIFEST, subject, 9) + "}");
    }

    private void copy(String to, String reference) {
        registry.beans.get(CopyService.class).copy(caller, "library", to, NAME + reference);
    }

    private long copied(String to) {
        return ((Number) DATABASE.entityManager().createNativeQuery("SELECT COUNT(*) FROM artifact a JOIN repository r"
                + " ON r.repository_id = a.repository_id WHERE r.name = 'library/" + to + "'").getSingleResult())
                .longValue();
    }

    /** 2 to the power of 30 ways lead from its top to its bottom. */
    @Test
    void shouldVisitEachArtifactOnce() {
        byte[] top = registry.work.call(() -> {
            byte[] left = push(image("left"));
            byte[] right = push(image("right"));
            for (int level = 0; level < 30; level++) {
                byte[] nextLeft = push(index(left, right));
                right = push(index(right, left));
                left = nextLeft;
            }
            return push(index(left, right), "top");
        });
        copy("copy", ":top");
        assertThat(copied("copy")).isEqualTo(63);
        assertThat(registry.beans.get(PullService.class)
                .manifest(admin, RepositoryName.parse("library/copy"), Reference.parse("top")).content())
                .isEqualTo(top);
    }

    @Test
    void shouldCopyALongChainOfSubjects() {
        List<byte[]> chain = new ArrayList<>(List.of(push(image("first"), "v1")));
        registry.work.run(() -> {
            for (int i = 0; i < 200; i++) {
                chain.add(push(referrer(Digest.sha256(chain.get(i)), i)));
            }
        });
        copy("copy", ":v1");
        assertThat(copied("copy")).isEqualTo(201);
    }

    @Test
    void shouldRefuseMoreThanOneTransactionShouldDo() {
        Digest root = Digest.sha256(push(image("popular"), "v1"));
        long repository = registry.beans.get(Repositories.class).find(NAME).orElseThrow().id();
        List<String> rows = new ArrayList<>();
        for (int i = 0; i <= CopyService.MAX_ARTIFACTS; i++) {
            rows.add("(" + repository + ", '" + Registry.digest(i) + "', 'x', 'x', 1, 1, '" + root
                    + "', UTC_TIMESTAMP(6))");
        }
        DATABASE.execute("INSERT INTO artifact (repository_id, digest, type, media_type, size, manifest_size,"
                + " subject_digest, push_time) VALUES " + String.join(", ", rows));
        assertRefused(ErrorCode.BAD_REQUEST, () -> copy("copy", ":v1"));
        assertThat(copied("copy")).isZero();
    }

    @Test
    void shouldCopyOntoItself() {
        push(image("one"), "v1", "v2");
        copy("alpine", ":v1");
        assertThat(copied("alpine")).isEqualTo(1);
    }
}
