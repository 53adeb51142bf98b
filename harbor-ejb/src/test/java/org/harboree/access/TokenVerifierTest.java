// SPDX-License-Identifier: Apache-2.0
package org.harboree.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.harboree.access.VerifiedToken.RepositoryRights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {
    private static final SigningKey EC = key("EC", 256, "ES256");
    private static final SigningKey RSA = key("RSA", 2048, "RS256");
    private static final SigningKey STRANGER = key("EC", 256, "ES256");
    private static final String ACCESS = "[{\"type\":\"repository\",\"name\":\"library/alpine\",\"project_id\":7,"
            + "\"actions\":[\"pull\",\"push\"]}]";

    /** Keys without a database. */
    private static final class Keys extends SigningKeys {
        private final List<SigningKey> known;

        Keys(SigningKey... known) {
            this.known = List.of(known);
        }

        @Override
        public Optional<SigningKey> byId(String kid) {
            return known.stream().filter(key -> key.kid().equals(kid)).findFirst();
        }
    }

    private final TokenVerifier verifier = new TokenVerifier(new Keys(EC, RSA));

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

    private static String header(String algorithm, String kid, String more) {
        return "{\"typ\":\"JWT\",\"alg\":\"" + algorithm + "\",\"kid\":\"" + kid + "\"" + more + "}";
    }

    private static String claims(String issuer, String audience, long from, long to, String access) {
        return "{\"iss\":" + issuer + ",\"sub\":\"alice\",\"aud\":" + audience + ",\"iat\":" + from + ",\"nbf\":" + from
                + ",\"exp\":" + to + ",\"jti\":\"1\",\"harbor_user_id\":42,\"access\":" + access + "}";
    }

    private static String good() {
        long now = Instant.now().getEpochSecond();
        return claims("\"harbor-token-issuer\"", "[\"harbor-registry\"]", now, now + 1800, ACCESS);
    }

    private static String encode(String json) {
        return encode(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String sign(SigningKey key, String claims) {
        return sign(key, header(key.algorithm(), key.kid(), ""), claims);
    }

    private static String sign(SigningKey key, String header, String claims) {
        String jca = key.algorithm().equals("RS256") ? "SHA256withRSA" : "SHA256withECDSAinP1363Format";
        return sign(jca, key.privateKey(), header, claims);
    }

    private static String sign(String jca, PrivateKey key, String header, String claims) {
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

    private Optional<VerifiedToken> verify(String token) {
        return verifier.verify(token, parsed -> true);
    }

    private void assertRefused(String token) {
        assertThat(verify(token)).isEmpty();
        assertThat(verifier.peek(token)).isEmpty();
    }

    private void assertClaimsRefused(String claims) {
        assertRefused(sign(EC, claims));
    }

    @Test
    void shouldReadAGoodTokenOfEitherKey() {
        for (SigningKey key : List.of(EC, RSA)) {
            VerifiedToken token = verify(sign(key, good())).orElseThrow();
            assertThat(token.caller()).isEqualTo(new Caller(Caller.Kind.USER, 42, "alice", false));
            assertThat(token.repositories()).isEqualTo(Map.of("library/alpine",
                    new RepositoryRights(7, Set.of(Action.PULL, Action.PUSH))));
            assertThat(token.catalog()).isFalse();
        }
    }

    @Test
    void shouldReadATokenOfNobody() {
        String token = sign(EC, good().replace(",\"harbor_user_id\":42", "").replace("alice", ""));
        assertThat(verify(token)).map(VerifiedToken::caller).contains(Caller.anonymous());
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "", "HS256", "RS256", "ES384", "ES256K", "PS256"})
    void shouldRefuseAnotherAlgorithmThanTheKeys(String algorithm) {
        assertRefused(sign(EC, header(algorithm, EC.kid(), ""), good()));
        assertRefused(encode(header(algorithm, EC.kid(), "")) + "." + encode(good()) + ".");
    }

    @Test
    void shouldRefuseAMacMadeWithThePublicKey() throws GeneralSecurityException {
        for (byte[] secret : List.of(SigningKeys.pem(RSA.certificate()).getBytes(StandardCharsets.US_ASCII),
                RSA.certificate().getPublicKey().getEncoded())) {
            String content = encode(header("HS256", RSA.kid(), "")) + "." + encode(good());
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            assertRefused(content + "." + encode(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII))));
        }
    }

    @Test
    void shouldRefuseAStrongerAlgorithmOfTheSameKey() {
        assertRefused(sign("SHA512withRSA", RSA.privateKey(), header("RS512", RSA.kid(), ""), good()));
        assertRefused(sign("SHA512withRSA", RSA.privateKey(), header("RS256", RSA.kid(), ""), good()));
    }

    @Test
    void shouldRefuseAnotherKeyUnderAKnownId() {
        assertRefused(sign(STRANGER, header("ES256", EC.kid(), ""), good()));
        assertRefused(sign(EC, header("ES256", RSA.kid(), ""), good()));
        assertRefused(sign(STRANGER, good()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32, 63, 64, 65, 72, 128})
    void shouldRefuseASignatureOfZeros(int bytes) {
        assertRefused(encode(header("ES256", EC.kid(), "")) + "." + encode(good()) + "." + encode(new byte[bytes]));
    }

    @Test
    void shouldRefuseAnAlteredToken() {
        String token = sign(EC, good());
        String[] parts = token.split("\\.");
        assertRefused(parts[0] + "." + encode(good().replace("alice", "admin")) + "." + parts[2]);
        assertRefused(token + "A");
        assertRefused(token + "." + parts[2]);
        assertRefused(parts[0] + "." + parts[1]);
        assertRefused(parts[0] + ".." + parts[2]);
        byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
        signature[10] ^= 1;
        assertRefused(parts[0] + "." + parts[1] + "." + encode(signature));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "...", "a.b.c", "e30.e30.e30", "bnVsbA.e30.", "W10.e30.", "\u00e9.e30.", "eyJ.e30.x"})
    void shouldRefuseWhatIsNoToken(String junk) {
        assertRefused(junk);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"../../etc/passwd\"", "\"' OR 1=1\"", "[]", "{}", "null", "1", "true"})
    void shouldRefuseAnUnknownKeyId(String kid) {
        assertRefused(sign(EC, "{\"typ\":\"JWT\",\"alg\":\"ES256\",\"kid\":" + kid + "}", good()));
    }

    @Test
    void shouldRefuseAMissingOrAHugeKeyId() {
        assertRefused(sign(EC, "{\"typ\":\"JWT\",\"alg\":\"ES256\"}", good()));
        assertRefused(sign(EC, header("ES256", "k".repeat(10 * 1024), ""), good()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"jku\":\"https://example.org/keys\"", "\"x5u\":\"https://example.org/chain\"",
        "\"x5c\":[\"MIIB\"]", "\"jwk\":{\"kty\":\"EC\"}", "\"crit\":[\"x\"]", "\"zip\":\"DEF\"", "\"b64\":false",
        "\"cty\":\"JWT\"", "\"alg\":\"none\"", "\"kid\":\"other\"", "\"typ\":\"at+jwt\""})
    void shouldRefuseHeadersThatBringAKeyOrChangeTheProcessing(String more) {
        assertRefused(sign(EC, header("ES256", EC.kid(), "," + more), good()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"at+jwt\"", "\"jwt\"", "\"\"", "null", "\"JOSE\""})
    void shouldRefuseAnotherType(String type) {
        assertRefused(sign(EC, "{\"typ\":" + type + ",\"alg\":\"ES256\",\"kid\":\"" + EC.kid() + "\"}", good()));
    }

    @ParameterizedTest
    @CsvSource({"-1000,-61", "-1000,-62", "120,1000", "-10,-3600"})
    void shouldRefuseATokenOutOfItsTime(long from, long to) {
        long now = Instant.now().getEpochSecond();
        assertClaimsRefused(claims("\"harbor-token-issuer\"", "[\"harbor-registry\"]", now + from, now + to, ACCESS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"exp\":\"9999999999\"", "\"exp\":1e30", "\"exp\":-1", "\"exp\":null", "\"exp\":true", ""})
    void shouldRefuseATimeThatIsNone(String expiry) {
        assertClaimsRefused(good().replaceFirst("\"exp\":\\d+,", expiry.isEmpty() ? "" : expiry + ","));
    }

    @Test
    void shouldRefuseATokenThatWasIssuedInTheFuture() {
        long later = Instant.now().getEpochSecond() + 600;
        assertClaimsRefused(good().replaceFirst("\"iat\":\\d+", "\"iat\":" + later));
        assertClaimsRefused(good().replaceFirst("\"iat\":\\d+,", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"other\"", "[]", "[\"other\"]", "null", "\"Harbor-Registry\"", "\"harbor-registry \"", "1"})
    void shouldRefuseATokenForSomebodyElse(String audience) {
        long now = Instant.now().getEpochSecond();
        assertClaimsRefused(claims("\"harbor-token-issuer\"", audience, now, now + 1800, ACCESS));
    }

    @Test
    void shouldTakeATokenForUsAmongOthers() {
        long now = Instant.now().getEpochSecond();
        for (String audience : List.of("\"harbor-registry\"", "[\"other\",\"harbor-registry\"]")) {
            assertThat(verify(sign(EC, claims("\"harbor-token-issuer\"", audience, now, now + 1800, ACCESS)))).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"other\"", "\"Harbor-Token-Issuer\"", "null", "\"\"", "[\"harbor-token-issuer\"]"})
    void shouldRefuseATokenOfAnotherIssuer(String issuer) {
        long now = Instant.now().getEpochSecond();
        assertClaimsRefused(claims(issuer, "[\"harbor-registry\"]", now, now + 1800, ACCESS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "\"pull\"", "1", "[1]", "[[]]", "[null]", "[{}]", "[{\"type\":\"repository\"}]",
        "[{\"type\":\"repository\",\"name\":\"a/b\",\"actions\":[\"pull\"]}]",
        "[{\"type\":\"repository\",\"name\":\"a/b\",\"actions\":\"push\",\"project_id\":1}]",
        "[{\"type\":\"repository\",\"name\":\"a/b\",\"actions\":[1],\"project_id\":1}]",
        "[{\"type\":\"repository\",\"name\":1,\"actions\":[\"pull\"],\"project_id\":1}]",
        "[{\"type\":\"repository\",\"name\":\"a/b\",\"actions\":[\"pull\"],\"project_id\":\"1\"}]",
        "[{\"type\":\"repository\",\"name\":\"a/b\",\"actions\":[\"pull\"],\"project_id\":1.5}]"})
    void shouldRefuseRightsOfAnotherForm(String access) {
        long now = Instant.now().getEpochSecond();
        assertClaimsRefused(claims("\"harbor-token-issuer\"", "[\"harbor-registry\"]", now, now + 1800, access));
    }

    @Test
    void shouldGiveNoRightForAnUnknownActionOrType() {
        long now = Instant.now().getEpochSecond();
        String access = "[{\"type\":\"repository\",\"name\":\"a/b\",\"actions\":[\"*\",\"PUSH\",\"admin\"],\"project_id\":1},"
                + "{\"type\":\"registry\",\"name\":\"other\",\"actions\":[\"*\"]}]";
        VerifiedToken token = verify(sign(EC,
                claims("\"harbor-token-issuer\"", "[\"harbor-registry\"]", now, now + 1800, access))).orElseThrow();
        assertThat(token.repositories()).isEqualTo(Map.of("a/b", new RepositoryRights(1, Set.of())));
        assertThat(token.catalog()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"sub\":\"admin\"", "\"access\":[]", "\"exp\":9999999999", "\"harbor_user_id\":1"})
    void shouldRefuseAClaimThatIsThereTwice(String claim) {
        assertClaimsRefused("{" + claim + "," + good().substring(1));
        assertClaimsRefused(good().substring(0, good().length() - 1) + "," + claim + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"42\"", "1.5", "[]", "1e30"})
    void shouldRefuseAUserIdOfAnotherForm(String id) {
        assertClaimsRefused(good().replace("\"harbor_user_id\":42", "\"harbor_user_id\":" + id));
    }

    @Test
    void shouldAskForTheUserOnce() {
        String token = sign(EC, good());
        AtomicInteger asked = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            assertThat(verifier.verify(token, parsed -> asked.incrementAndGet() > 0)).isPresent();
        }
        assertThat(asked).hasValue(1);
        assertThat(verifier.peek(token)).isPresent();
    }

    @Test
    void shouldNotRememberATokenWhoseUserHasGone() {
        String token = sign(EC, good());
        assertThat(verifier.verify(token, parsed -> false)).isEmpty();
        assertThat(verifier.peek(token)).isEmpty();
    }

    @Test
    void shouldForgetTheTokensOfOneUser() {
        String token = sign(EC, good());
        String other = sign(EC, good().replace("\"harbor_user_id\":42", "\"harbor_user_id\":43"));
        List.of(token, other).forEach(this::verify);
        verifier.forgetUser(42);
        assertThat(verifier.peek(token)).isEmpty();
        assertThat(verifier.peek(other)).isPresent();
        assertThat(verifier.verify(token, parsed -> false)).isEmpty();
    }

    @Test
    void shouldForgetATokenThatIsBeingVerifiedWhileItsUserGoes() {
        String token = sign(EC, good());
        verifier.verify(token, parsed -> {
            verifier.forgetUser(42);
            return true;
        });
        assertThat(verifier.peek(token)).isEmpty();
    }

    @Test
    void shouldTakeNoTokenOfUnboundedLength() {
        String many = ACCESS.substring(0, ACCESS.length() - 1) + (","
                + "{\"type\":\"repository\",\"name\":\"a/b\",\"actions\":[\"pull\"],\"project_id\":1}").repeat(200) + "]";
        long now = Instant.now().getEpochSecond();
        String token = sign(EC, claims("\"harbor-token-issuer\"", "[\"harbor-registry\"]", now, now + 1800, many));
        assertThat(token.length()).isGreaterThan(8192);
        assertRefused(token);
    }
}
