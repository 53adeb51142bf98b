// SPDX-License-Identifier: Apache-2.0
package org.harboree.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Passwords that were right within the last minute, so that a client with Basic credentials pays for the hash once.
 *
 * <p>It is exact: the stored hash of the live row is part of what is remembered, so a changed password misses. It keeps
 * no password: entries are HMACs under a key that this process made and never tells.
 */
@ApplicationScoped
public class RememberedLogins {
    private static final String HMAC = "HmacSHA256";
    private static final Duration LIFE = Duration.ofSeconds(60);
    private static final long MOST = 10_000;

    private final Cache<ByteBuffer, Boolean> entries =
            Caffeine.newBuilder().expireAfterWrite(LIFE).maximumSize(MOST).build();
    private final SecretKeySpec key;

    /** Begins empty. */
    public RememberedLogins() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, HMAC);
    }

    boolean contains(User user, String password) {
        return entries.getIfPresent(entry(user, password)) != null;
    }

    void add(User user, String password) {
        entries.put(entry(user, password), true);
    }

    private ByteBuffer entry(User user, String password) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            mac.update(ByteBuffer.allocate(Long.BYTES).putLong(user.id()).flip());
            mac.update(user.passwordHash().getBytes(StandardCharsets.US_ASCII));
            mac.update((byte) 0);
            return ByteBuffer.wrap(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + HMAC, e);
        }
    }
}
