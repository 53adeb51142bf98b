// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage;

import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The name of stored bytes: their digest and the generation in which they were stored.
 *
 * <p>Bytes that were deleted and pushed again come under a new generation, so a late delete of the old ones can never
 * hit the new ones. The generation is that of the upload that brought them: an upload that died between the storage and
 * the database finds its bytes again. Every part is checked here: a key is safe as a file name and as an object name.
 *
 * @param algorithm  {@code sha256} or {@code sha512}
 * @param hex        the digest, 64 or 128 lower-case hexadecimal digits
 * @param generation 32 lower-case hexadecimal digits, see {@link #ofUpload}
 */
public record BlobKey(String algorithm, String hex, String generation) {
    private static final Map<String, Pattern> DIGESTS =
            Map.of("sha256", Pattern.compile("[0-9a-f]{64}"), "sha512", Pattern.compile("[0-9a-f]{128}"));
    private static final Pattern GENERATION = Pattern.compile("[0-9a-f]{32}");

    /** @throws IllegalArgumentException if a part is not as described above */
    public BlobKey {
        Pattern digest = DIGESTS.get(Objects.requireNonNull(algorithm));
        if (digest == null) {
            throw new IllegalArgumentException("algorithm of a blob key: " + algorithm);
        }
        if (!digest.matcher(hex).matches()) {
            throw new IllegalArgumentException("digest of a blob key: " + hex);
        }
        if (!GENERATION.matcher(generation).matches()) {
            throw new IllegalArgumentException("generation of a blob key: " + generation);
        }
    }

    /**
     * The key under which an upload becomes the blob of that digest. Upload ids are random and used once.
     *
     * @param uploadId a UUID in lower case
     */
    public static BlobKey ofUpload(String uploadId, String algorithm, String hex) {
        return new BlobKey(algorithm, hex, uploadId.replace("-", ""));
    }
}
