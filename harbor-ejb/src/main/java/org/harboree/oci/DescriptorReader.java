// SPDX-License-Identifier: Apache-2.0
package org.harboree.oci;

import static org.harboree.oci.ManifestJson.invalid;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the descriptors and annotations of a manifest.
 *
 * <p>Annotations have no limit of their own but the manifest's: OCI's conformance suite pushes an image with 3.9 MB.
 * <p>A field that a Go client wrote as {@code null} is taken as absent where the specification lets it be absent.
 */
final class DescriptorReader {
    static final int MAX_ANNOTATION_KEY_BYTES = 1 << 10;
    static final int MAX_MEDIA_TYPE_CHARS = 255;
    static final int MAX_PLATFORM_CHARS = 255;

    private final ManifestJson json;

    DescriptorReader(ManifestJson json) {
        this.json = json;
    }

    /** What one descriptor's fields gave so far. */
    private static final class Draft {
        private String mediaType = "";
        private Optional<Digest> digest = Optional.empty();
        private Optional<Long> size = Optional.empty();
        private List<String> urls = List.of();
        private Map<String, String> annotations = Map.of();
        private Optional<Platform> platform = Optional.empty();
        private Optional<String> artifactType = Optional.empty();
        private Optional<byte[]> data = Optional.empty();
    }

    Descriptor descriptor(String what) throws IOException {
        Draft draft = new Draft();
        json.object(what, name -> field(draft, what + "." + name, name));
        if (draft.mediaType.isEmpty()) {
            throw invalid(what + " has no mediaType");
        }
        Digest digest = draft.digest.orElseThrow(() -> invalid(what + " has no digest"));
        long size = draft.size.orElseThrow(() -> invalid(what + " has no size"));
        draft.data.ifPresent(data -> checkData(what, data, digest, size));
        return new Descriptor(draft.mediaType, digest, size, draft.urls, draft.annotations, draft.platform,
                draft.artifactType);
    }

    /** Annotation rules of the OCI Image Spec: keys are not empty (and here at most 1 KiB), values are strings. */
    Map<String, String> annotations(String what) throws IOException {
        Map<String, String> annotations = new LinkedHashMap<>();
        json.object(what, key -> {
            int keyBytes = utf8Length(key);
            if (keyBytes == 0 || keyBytes > MAX_ANNOTATION_KEY_BYTES) {
                throw invalid(what + " has a key that is empty or longer than 1 KiB");
            }
            annotations.put(key, json.string("an annotation's value"));
        });
        return annotations;
    }

    /** An artifact type; Go clients that do not omit empty fields write an empty one for none. */
    Optional<String> artifactType(String what) throws IOException {
        String type = json.string(what, MAX_MEDIA_TYPE_CHARS);
        if (!type.isEmpty() && !MediaTypeGrammar.isRegistrable(type)) {
            throw invalid(what + " is not a media type of RFC 6838");
        }
        return Optional.of(type).filter(t -> !t.isEmpty());
    }

    private void field(Draft draft, String what, String name) throws IOException {
        boolean optional = !name.equals("mediaType") && !name.equals("digest") && !name.equals("size");
        if (optional && json.isNull()) {
            return;
        }
        switch (name) {
            case "mediaType" -> draft.mediaType = mediaType(what);
            case "digest" -> draft.digest = Optional.of(Digest.parse(json.string(what)));
            case "size" -> draft.size = Optional.of(size(what));
            case "urls" -> draft.urls = json.array(what, () -> json.string(what));
            case "annotations" -> draft.annotations = annotations(what);
            case "platform" -> draft.platform = Optional.of(platform(what));
            case "artifactType" -> draft.artifactType = artifactType(what);
            case "data" -> draft.data = Optional.of(data(what));
            default -> json.skip();
        }
    }

    /** Unknown and even unregistrable types are let through; only what would break a header or a column is not. */
    private String mediaType(String what) throws IOException {
        String type = json.string(what, MAX_MEDIA_TYPE_CHARS);
        if (!MediaTypeGrammar.isPrintable(type)) {
            throw invalid(what + " is not a media type");
        }
        return type;
    }

    private long size(String what) throws IOException {
        long size = Decimal.parse(json.integer(what));
        if (size == Decimal.MALFORMED || size == Long.MAX_VALUE) {
            throw invalid(what + " is negative or too large");
        }
        return size;
    }

    private byte[] data(String what) throws IOException {
        String text = json.string(what);
        try {
            if (text.length() % 4 == 0) {
                return Base64.getDecoder().decode(text);
            }
        } catch (IllegalArgumentException e) {
            // Told below, together with a missing padding, which Java's decoder would let pass.
        }
        throw invalid(what + " is not Base 64");
    }

    private static void checkData(String what, byte[] data, Digest digest, long size) {
        if (data.length != size
                || !Digest.of(digest.algorithm(), digest.algorithm().newMessageDigest().digest(data)).equals(digest)) {
            throw invalid(what + ".data does not match the descriptor's digest and size");
        }
    }

    private Platform platform(String what) throws IOException {
        Map<String, String> texts = new HashMap<>();
        List<String> osFeatures = new ArrayList<>();
        json.object(what, name -> {
            if (json.isNull()) {
                return;
            }
            switch (name) {
                case "architecture", "os", "os.version", "variant" -> texts.put(name, platformText(what));
                case "os.features" -> osFeatures.addAll(json.array(what, () -> platformText(what)));
                default -> json.skip();
            }
        });
        return new Platform(texts.getOrDefault("architecture", ""), texts.getOrDefault("os", ""),
                texts.getOrDefault("os.version", ""), texts.getOrDefault("variant", ""), osFeatures);
    }

    private String platformText(String what) throws IOException {
        return json.string(what, MAX_PLATFORM_CHARS);
    }

    private static int utf8Length(String text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return length;
    }
}
