// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.harboree.oci.Digest;
import org.harboree.oci.Manifest;
import org.harboree.oci.MediaTypes;
import org.harboree.oci.Reference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReferrersServiceTest extends RegistryFixture {
    private static final byte[] CONFIG = Registry.bytes("{}");
    private static final Digest SUBJECT = Registry.digest(1);
    private static final int MANIFEST_LIMIT = 4 << 20;

    @BeforeEach
    void open() {
        registry.beans.get(BlobUploadService.class)
                .push(admin, NAME, Digest.sha256(CONFIG), Registry.body(CONFIG));
        String config = Registry.descriptor(MediaTypes.OCI_CONFIG, Digest.sha256(CONFIG), CONFIG.length);
        byte[] image = Registry.bytes(manifest(config, ""));
        registry.beans.get(ManifestService.class)
                .push(admin, NAME, Reference.parse("latest"), null, () -> image, List.of());
    }

    private String refer(String... notes) {
        List<String> annotations = new ArrayList<>();
        for (String note : notes) {
            annotations.add("\"note" + annotations.size() + "\":\"" + note + "\"");
        }
        String json = "{" + String.join(",", annotations) + "}";
        Manifest manifest = Registry.parse(manifest(Registry.descriptor(MediaTypes.OCI_CONFIG, Registry.digest(2), 2),
                ",\"subject\":" + Registry.descriptor(MediaTypes.OCI_MANIFEST, SUBJECT, 100)
                + ",\"annotations\":" + json));
        RepositoryRef repository = registry.beans.get(Repositories.class).find(NAME).orElseThrow();
        registry.work.run(() -> registry.beans.get(ArtifactDao.class)
                .insertAll(List.of(new ArtifactDao.Row(repository.id(), manifest,
                        new ArtifactFacts("UNKNOWN", json, null)))));
        return manifest.digest().toString();
    }

    private static String manifest(String config, String rest) {
        return "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"config\":" + config
                + ",\"layers\":[" + config + "]" + rest + "}";
    }

    private static List<String> digests(String index) throws IOException {
        return new ObjectMapper().readTree(index).get("manifests").findValuesAsText("digest");
    }

    /** Reads all pages, none of which may be larger than a manifest. */
    private List<List<String>> pages() throws IOException {
        List<List<String>> pages = new ArrayList<>();
        OptionalLong next = OptionalLong.of(0);
        while (next.isPresent()) {
            ReferrersService.Referrers page = registry.beans.get(ReferrersService.class)
                    .list(admin, NAME, SUBJECT, Optional.empty(), next.getAsLong());
            assertThat(page.indexJson().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MANIFEST_LIMIT);
            pages.add(digests(page.indexJson()));
            next = page.next();
        }
        return pages;
    }

    @Test
    void shouldListReferrersOldestFirst() throws IOException {
        List<String> pushed = List.of(refer("1"), refer("2"), refer("3"));
        assertThat(pages()).containsExactly(pushed);
    }

    @Test
    void shouldListMoreReferrersThanItReadsAtOnce() throws IOException {
        List<String> pushed = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            pushed.add(refer("note " + i));
        }
        assertThat(pages()).containsExactly(pushed);
        pushed.add(refer("one more"));
        assertThat(pages()).containsExactly(pushed);
    }

    /** Each of these characters takes three bytes on the wire. */
    @Test
    void shouldEndAPageBeforeItsBytesAreTooMany() throws IOException {
        List<String> pushed = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            pushed.add(refer(i + "\u6e2f".repeat(400_000)));
        }
        assertThat(pages()).containsExactly(pushed.subList(0, 2), pushed.subList(2, 4), pushed.subList(4, 5));
    }

    @Test
    void shouldListAReferrerThatFillsAPageAlone() throws IOException {
        String large = "x".repeat(900_000);
        List<String> pushed = List.of(refer("small"), refer(large, large, large, large), refer("small, too"));
        assertThat(pages()).containsExactly(pushed.subList(0, 1), pushed.subList(1, 2), pushed.subList(2, 3));
    }

    @Test
    void shouldAnswerAnEmptyIndexForWhatNothingRefersTo() throws IOException {
        assertThat(pages()).containsExactly(List.of());
    }
}
