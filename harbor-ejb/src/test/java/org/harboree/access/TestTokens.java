// SPDX-License-Identifier: Apache-2.0
package org.harboree.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Signs tokens by hand, good and bad ones, with keys that need no database. */
final class TestTokens {
    static final SigningKey EC = key("EC", 256, "ES256");
    static final SigningKey RSA = key("RSA", 2048, "RS256");
    static final SigningKey STRANGER = key("EC", 256, "ES256");
    static final String ACCESS = "[{\"type\":\"repository\",\"name\":\"library/alpine\",\"project_id\":7,"
            + "\"actions\":[\"pull\",\"push\"]}]";

    private TestTokens() {}

    /** Keys without a database. */
    static final class Keys extends SigningKeys {
        private final List<SigningKey> known;

        Keys(SigningKey... known) {
            this.known = List.of(known);
        }

        @Override
        public Optional<SigningKey> byId(String kid) {
            return known.stream().filter(key -> key.kid().equals(kid)).findFirst();
        }
    }

    private static SigningKey key(String type, int bits, String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
            generator.initialize(bits);
            KeyPair pair = generator.generateKeyPair();
            return new SigningKey(SigningKey.libtrustId(pair.getPublic()), algorithm,
                    SigningKeys.selfSigned(pair, algorithm), pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String header(String algorithm, String kid, String more) {
        return "{\"typ\":\"JWT\",\"alg\":\"" + algorithm + "\",\"kid\":\"" + kid + "\"" + more + "}";
    }

    static String claims(String issuer, String audience, long from, long to, String access) {
        return "{\"iss\":" + issuer + ",\"sub\":\"alice\",\"aud\":" + audience + ",\"iat\":" + from + ",\"nbf\":" + from
                + ",\"exp\":" + to + ",\"jti\":\"1\",\"harbor_user_id\":42,\"access\":" + access + "}";
    }

    static String good() {
        long now = Instant.now().getEpochSecond();
        return claims("\"harbor-token-issuer\"", "[\"harbor-registry\"]", now, now + 1800, ACCESS);
    }

    static String encode(String json) {
        return encode(json.getBytes(StandardCharsets.UTF_8));
    }

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static String sign(SigningKey key, String claims) {
        return sign(key, header(key.algorithm(), key.kid(), ""), claims);
    }

    static String sign(SigningKey key, String header, String claims) {
        String jca = key.algorithm().equals("RS256") ? "SHA256withRSA" : "SHA256withECDSAinP1363Format";
        return sign(jca, key.privateKey(), header, claims);
    }

    static String sign(String jca, PrivateKey key, String header, String claims) {
        String content = encode(header) + "." + encode(claims);
        try {
            Signature signature = Signature.getInstance(jca);
            signature.initSign(key);
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
