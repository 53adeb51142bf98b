// SPDX-License-Identifier: Apache-2.0
package org.harboree.oci;

import static org.harboree.oci.ManifestJson.invalid;

import java.util.Locale;
import java.util.Set;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;

/**
 * The door for every manifest, whoever brings it: a push, a replication, the proxy cache.
 *
 * <p>Strict in what makes a manifest ambiguous, since two readers must never see two images in the same bytes
 * (CVE-2021-41190): one media type, either layers or manifests, no duplicate keys, valid UTF-8, nothing after the end.
 * Lenient in what the specifications leave open: unknown fields and unknown types of config, layer and child.
 */
public final class ManifestParser {
    /** Bytes of the largest manifest. */
    public static final int MAX_BYTES = 4 << 20;

    /** Content types that say nothing; the document's own {@code mediaType} then decides. */
    private static final Set<String> GENERIC = Set.of("", "application/json", "text/plain");

    private ManifestParser() {
    }

    /**
     * Reads a manifest.
     *
     * @param content kept as it is, not copied
     * @param contentTypeOrNull the {@code Content-Type} header; parameters are ignored
     * @param algorithm under which the manifest is to be named
     * @throws HarborException MANIFEST_TOO_LARGE above {@link #MAX_BYTES}; DIGEST_INVALID for a malformed or
     *     unsupported digest in a descriptor; MANIFEST_INVALID for anything else that is wrong
     */
    public static Manifest parse(byte[] content, String contentTypeOrNull, Digest.Algorithm algorithm) {
        if (content.length > MAX_BYTES) {
            throw new HarborException(ErrorCode.MANIFEST_TOO_LARGE);
        }
        ManifestFields fields = ManifestFields.read(content);
        String mediaType = mediaType(essence(contentTypeOrNull), fields.mediaType());
        if (MediaTypes.isIndex(mediaType)) {
            checkIndex(fields);
        } else {
            checkImage(fields, mediaType);
        }
        Digest digest = Digest.of(algorithm, algorithm.newMessageDigest().digest(content));
        return new Manifest(content, digest, mediaType, fields);
    }

    private static String essence(String contentType) {
        String type = contentType == null ? "" : contentType;
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }

    private static String mediaType(String header, String inBody) {
        boolean headerDecides = !GENERIC.contains(header);
        if (headerDecides && !inBody.isEmpty() && !header.equals(inBody)) {
            throw invalid("the Content-Type is not the manifest's mediaType");
        }
        String mediaType = headerDecides ? header : inBody;
        if (mediaType.isEmpty()) {
            throw invalid("neither the Content-Type nor the manifest tells its media type");
        }
        if (!MediaTypes.isSupportedManifest(mediaType)) {
            throw invalid("manifests of this media type are not supported");
        }
        return mediaType;
    }

    private static void checkIndex(ManifestFields fields) {
        if (fields.config().isPresent() || fields.layers().isPresent()) {
            throw invalid("an index must not have a config or layers");
        }
        if (fields.manifests().isEmpty()) {
            throw invalid("an index needs manifests");
        }
    }

    private static void checkImage(ManifestFields fields, String mediaType) {
        if (fields.manifests().isPresent()) {
            throw invalid("an image manifest must not have manifests");
        }
        if (fields.config().isEmpty() || fields.layers().isEmpty()) {
            throw invalid("an image manifest needs a config and layers");
        }
        boolean emptyConfig = fields.config().orElseThrow().mediaType().equals(MediaTypes.OCI_EMPTY);
        if (mediaType.equals(MediaTypes.OCI_MANIFEST) && emptyConfig && fields.artifactType().isEmpty()) {
            throw invalid("a manifest with an empty config needs an artifactType");
        }
    }
}
