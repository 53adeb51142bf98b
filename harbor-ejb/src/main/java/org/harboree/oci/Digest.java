// SPDX-License-Identifier: Apache-2.0
package org.harboree.oci;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;

/**
 * The name of content by its hash: {@code sha256:<64 lower-case hex>} or {@code sha512:<128 lower-case hex>}.
 *
 * <p>OCI Image Spec, Descriptor, "Digests". Other algorithms that the grammar allows are refused, because content under
 * them could not be verified here. Parsing is on the path of every pull, hence the hand-written check.
 *
 * @param value the wire form
 */
public record Digest(String value) implements Reference {
    private static final int PREFIX_LENGTH = "sha256:".length();

    /** The hash functions that this registry can verify. */
    public enum Algorithm {
        SHA256("sha256", "SHA-256", 32),
        SHA512("sha512", "SHA-512", 64);

        private final String wireName;
        private final String jcaName;
        private final int bytes;

        Algorithm(String wireName, String jcaName, int bytes) {
            this.wireName = wireName;
            this.jcaName = jcaName;
            this.bytes = bytes;
        }

        /** The algorithm as it stands before the colon. */
        public String wireName() {
            return wireName;
        }

        /** A fresh hash in progress; not safe for use by several threads. */
        public MessageDigest newMessageDigest() {
            try {
                return MessageDigest.getInstance(jcaName);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("the Java runtime lacks " + jcaName, e);
            }
        }

        /**
         * Reads the part before the colon, as in the parameter {@code digest-algorithm} of an upload.
         *
         * @throws HarborException DIGEST_INVALID for an algorithm that is not supported
         */
        public static Algorithm parse(String wireName) {
            for (Algorithm algorithm : values()) {
                if (algorithm.wireName.equals(wireName)) {
                    return algorithm;
                }
            }
            throw new HarborException(ErrorCode.DIGEST_INVALID, "unsupported digest algorithm", wireName);
        }
    }

    /** @throws HarborException DIGEST_INVALID unless the value is a digest in wire form */
    public Digest {
        if (!isWellFormed(value)) {
            throw new HarborException(ErrorCode.DIGEST_INVALID, "invalid digest", value);
        }
    }

    /**
     * Reads a digest from a path, a parameter or a descriptor.
     *
     * @throws HarborException DIGEST_INVALID for anything but the two wire forms
     */
    public static Digest parse(String text) {
        return new Digest(text);
    }

    /** Whether a reference is meant as a digest (it has a colon, which no tag has), well-formed or not. */
    public static boolean isDigest(String reference) {
        return reference.indexOf(':') >= 0;
    }

    /**
     * Names content whose hash was computed elsewhere.
     *
     * @throws IllegalArgumentException if the hash has not the algorithm's length
     */
    public static Digest of(Algorithm algorithm, byte[] hash) {
        if (hash.length != algorithm.bytes) {
            throw new IllegalArgumentException(algorithm + " has " + algorithm.bytes + " bytes, not " + hash.length);
        }
        return new Digest(algorithm.wireName + ':' + HexFormat.of().formatHex(hash));
    }

    /** Hashes content with SHA-256. */
    public static Digest sha256(byte[] content) {
        return of(Algorithm.SHA256, Algorithm.SHA256.newMessageDigest().digest(content));
    }

    public Algorithm algorithm() {
        return value.charAt(3) == '2' ? Algorithm.SHA256 : Algorithm.SHA512;
    }

    /** The hash in lower-case hexadecimal, without the algorithm. */
    public String hex() {
        return value.substring(PREFIX_LENGTH);
    }

    /** The wire form. */
    @Override
    public String toString() {
        return value;
    }

    private static boolean isWellFormed(String text) {
        return text != null
                && (hasForm(text, Algorithm.SHA256, "sha256:") || hasForm(text, Algorithm.SHA512, "sha512:"));
    }

    private static boolean hasForm(String text, Algorithm algorithm, String prefix) {
        if (text.length() != PREFIX_LENGTH + 2 * algorithm.bytes || !text.startsWith(prefix)) {
            return false;
        }
        for (int i = PREFIX_LENGTH; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }
}
