// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The name of stored bytes: their digest and the generation in which they were stored.
 *
 * <p>Bytes that were deleted and pushed again come under a new generation, so a late delete of the old ones can never
 * hit the new ones. Every part is checked here: a key is safe as a file name and as an object name.
 *
 * @param algorithm  {@code sha256} or {@code sha512}
 * @param hex        the digest, 64 or 128 lower-case hexadecimal digits
 * @param generation 32 lower-case hexadecimal digits, see {@link #newGeneration()}
 */
public record BlobKey(String algorithm, String hex, String generation) {
    private static final Map<String, Pattern> DIGESTS =
            Map.of("sha256", Pattern.compile("[0-9a-f]{64}"), "sha512", Pattern.compile("[0-9a-f]{128}"));
    private static final Pattern GENERATION = Pattern.compile("[0-9a-f]{32}");
    private static final SecureRandom RANDOM = new SecureRandom();

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

    /** A generation that was never used before (128 random bits). */
    public static String newGeneration() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
