// SPDX-License-Identifier: Apache-2.0
package org.harboree.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.harboree.access.TestTokens.ACCESS;
import static org.harboree.access.TestTokens.EC;
import static org.harboree.access.TestTokens.RSA;
import static org.harboree.access.TestTokens.STRANGER;
import static org.harboree.access.TestTokens.claims;
import static org.harboree.access.TestTokens.encode;
import static org.harboree.access.TestTokens.good;
import static org.harboree.access.TestTokens.header;
import static org.harboree.access.TestTokens.sign;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
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
import org.harboree.node.NodeWatch;
import org.harboree.node.TestNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {
    private final TokenVerifier verifier = new TokenVerifier(new TestTokens.Keys(EC, RSA), TestNodes.alone());

    private Optional<VerifiedToken> verify(String token) {
        return verifier.verify(token, parsed -> true);
    }

    private void assertRefused(String token) {
        assertThat(verify(token)).isEmpty();
        assertThat(verifier.peek(token)).isEmpty();
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
    @ValueSource(strings = {"", ".", "..", "...", "a.b.c", "e30.e30.e30", "bnVsbA.e30.", "W10.e30.", "\u00e9.e30.",
        "eyJ.e30.x"})
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
    void shouldAskForTheUserEachTimeWhileThereMayBeOtherNodes() {
        TokenVerifier unsure = new TokenVerifier(new TestTokens.Keys(EC), new NodeWatch());
        String token = sign(EC, good());
        AtomicInteger asked = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            assertThat(unsure.peek(token)).isEmpty();
            assertThat(unsure.verify(token, parsed -> asked.incrementAndGet() < 3).isPresent()).isEqualTo(i < 2);
        }
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
    void shouldKnowATokenThatWasSignedHereAndItsUser() {
        String token = sign(STRANGER, good());
        VerifiedToken content = contentOfAStrangersToken(token);
        TokenVerifier.Moment before = verifier.now();
        verifier.signed(token, content, before);
        assertThat(verifier.peek(token)).contains(content);
        verifier.forgetUser(42);
        assertThat(verifier.verify(token, parsed -> false)).isEmpty();
    }

    private static VerifiedToken contentOfAStrangersToken(String token) {
        return new TokenVerifier(new TestTokens.Keys(STRANGER), TestNodes.alone())
                .verify(token, parsed -> true).orElseThrow();
    }

    @Test
    void shouldAskForTheUserOfATokenThatWasSignedHereWhileRightsChanged() {
        String token = sign(STRANGER, good());
        VerifiedToken content = contentOfAStrangersToken(token);
        TokenVerifier.Moment before = verifier.now();
        verifier.forgetUser(42);
        verifier.signed(token, content, before);
        assertThat(verifier.peek(token)).as("its user was not asked for").isEmpty();
        assertThat(verifier.verify(token, parsed -> false)).isEmpty();
        assertThat(verifier.verify(token, content::equals)).contains(content);
        assertThat(verifier.peek(token)).contains(content);
        verifier.forgetUser(42);
        assertThat(verifier.verify(token, parsed -> false)).isEmpty();
    }

    @Test
    void shouldTakeNoTokenOfUnboundedLength() {
        String many = ACCESS.substring(0, ACCESS.length() - 1) + (","
                + "{\"type\":\"repository\",\"name\":\"a/b\",\"actions\":[\"pull\"],\"project_id\":1}")
                .repeat(200) + "]";
        long now = Instant.now().getEpochSecond();
        String token = sign(EC, claims("\"harbor-token-issuer\"", "[\"harbor-registry\"]", now, now + 1800, many));
        assertThat(token.length()).isGreaterThan(8192);
        assertRefused(token);
    }
}
