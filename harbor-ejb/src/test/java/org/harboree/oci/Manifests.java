// SPDX-License-Identifier: Apache-2.0
package org.harboree.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;

/** Manifests for tests, written as text so that each test shows the bytes it is about. */
final class Manifests {
    static final String D1 = Digest.sha256(new byte[] {1}).toString();
    static final String D2 = Digest.sha256(new byte[] {2}).toString();
    static final String D3 = Digest.sha256(new byte[] {3}).toString();
    static final String CONFIG = descriptor(MediaTypes.OCI_CONFIG, D1, 10);
    static final String LAYER = descriptor(MediaTypes.OCI_LAYER_GZIP, D2, 100);
    static final String CHILD = descriptor(MediaTypes.OCI_MANIFEST, D3, 1000);
    static final String EMPTY = descriptor(MediaTypes.OCI_EMPTY,
            "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a", 2);

    private Manifests() {
    }

    static String descriptor(String mediaType, String digest, long size) {
        return descriptor(mediaType, digest, size, "");
    }

    /** @param more further fields, starting with a comma */
    static String descriptor(String mediaType, String digest, long size, String more) {
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + digest + "\",\"size\":" + size + more + "}";
    }

    /** @param more further fields, starting with a comma */
    static String image(String more) {
        return image(CONFIG, "[" + LAYER + "]", more);
    }

    static String image(String config, String layers, String more) {
        return "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"config\":" + config
                + ",\"layers\":" + layers + more + "}";
    }

    static String index(String manifests, String more) {
        return "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":" + manifests + more
                + "}";
    }

    static Manifest parse(String json) {
        return parse(json, null);
    }

    static Manifest parse(String json, String contentType) {
        return ManifestParser.parse(json.getBytes(StandardCharsets.UTF_8), contentType, Digest.Algorithm.SHA256);
    }

    static void assertInvalid(String json) {
        assertInvalid(json, null);
    }

    static void assertInvalid(String json, String contentType) {
        assertFails(ErrorCode.MANIFEST_INVALID, json.getBytes(StandardCharsets.UTF_8), contentType);
    }

    static void assertFails(ErrorCode code, byte[] content, String contentType) {
        assertThatThrownBy(() -> ManifestParser.parse(content, contentType, Digest.Algorithm.SHA256))
                .isInstanceOfSatisfying(HarborException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
