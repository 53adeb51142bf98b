// SPDX-License-Identifier: Apache-2.0
package org.harboree.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts secrets for rest in the database: AES-256-GCM under the key of {@link Settings#secretKey()}.
 *
 * <p>A sealed value is {@code version (1 byte, 1) | nonce (12) | ciphertext | tag (16)}.
 */
@ApplicationScoped
public class SecretBox {
    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private SecretKeySpec key;

    /** For the container's proxies. */
    protected SecretBox() {
    }

    @Inject
    SecretBox(Settings settings) {
        this(settings.secretKey());
    }

    /** @param key 32 bytes */
    public SecretBox(byte[] key) {
        if (key.length != SecretKeyFile.KEY_BYTES) {
            throw new IllegalArgumentException("an AES-256 key has 32 bytes");
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    /** Seals the plain bytes; twice the same gives two different results. */
    public byte[] encrypt(byte[] plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] cipherText = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(plain);
            return ByteBuffer.allocate(1 + NONCE_BYTES + cipherText.length)
                    .put(VERSION).put(nonce).put(cipherText).array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no AES-256-GCM", e);
        }
    }

    /** @throws IllegalStateException if it was sealed with another key, or altered */
    public byte[] decrypt(byte[] sealed) {
        if (sealed.length < 1 + NONCE_BYTES + TAG_BYTES || sealed[0] != VERSION) {
            throw new IllegalStateException("this is no sealed secret");
        }
        byte[] nonce = new byte[NONCE_BYTES];
        ByteBuffer rest = ByteBuffer.wrap(sealed, 1, sealed.length - 1).get(nonce);
        byte[] cipherText = new byte[rest.remaining()];
        rest.get(cipherText);
        try {
            return cipher(Cipher.DECRYPT_MODE, nonce).doFinal(cipherText);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a secret of the database does not fit the secret key file", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(new byte[] {VERSION});
        return cipher;
    }
}
