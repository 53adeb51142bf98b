// SPDX-License-Identifier: Apache-2.0
package org.harboree.access;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;

/**
 * A key that signs registry tokens, with the certificate by which other registries trust it.
 *
 * @param kid key id in libtrust's form, see {@link #libtrustId}
 * @param algorithm {@code ES256} or {@code RS256} (RFC 7518)
 */
public record SigningKey(String kid, String algorithm, X509Certificate certificate, PrivateKey privateKey) {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int ID_BYTES = 30;

    /**
     * SHA-256 of the DER SubjectPublicKeyInfo, cut to 240 bits, in base 32, as twelve groups of four joined by colons:
     * what docker-registry computes of a certificate to find the key of a token.
     */
    public static String libtrustId(PublicKey key) {
        byte[] hash = Arrays.copyOf(sha256(key.getEncoded()), ID_BYTES);
        StringBuilder id = new StringBuilder(59);
        for (int bit = 0; bit < ID_BYTES * 8; bit += 5) {
            if (bit > 0 && bit % 20 == 0) {
                id.append(':');
            }
            int pair = (hash[bit / 8] & 0xff) << 8 | (bit / 8 + 1 < ID_BYTES ? hash[bit / 8 + 1] & 0xff : 0);
            id.append(BASE32.charAt(pair >> 11 - bit % 8 & 31));
        }
        return id.toString();
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
