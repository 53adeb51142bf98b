// SPDX-License-Identifier: Apache-2.0
package org.harboree.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.harboree.access.TestTokens.ACCESS;
import static org.harboree.access.TestTokens.EC;
import static org.harboree.access.TestTokens.RSA;
import static org.harboree.access.TestTokens.claims;
import static org.harboree.access.TestTokens.good;
import static org.harboree.access.TestTokens.sign;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.harboree.access.VerifiedToken.RepositoryRights;
import org.harboree.node.TestNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens with a good signature by one of our keys, and claims that are not as we write them. */
class TokenClaimsTest {
    private final TokenVerifier verifier = new TokenVerifier(new TestTokens.Keys(EC, RSA), TestNodes.alone());

    private Optional<VerifiedToken> verify(String token) {
        return verifier.verify(token, parsed -> true);
    }

    private void assertClaimsRefused(String claims) {
        assertThat(verify(sign(EC, claims))).isEmpty();
    }

    @Test
    void shouldReadATokenOfNobody() {
        String token = sign(EC, good().replace(",\"harbor_user_id\":42", "").replace("alice", ""));
        assertThat(verify(token)).map(VerifiedToken::caller).contains(Caller.anonymous());
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
    @ValueSource(strings = {"\"other\"", "[]", "[\"other\"]", "null", "\"Harbor-Registry\"",
        "\"harbor-registry \"", "1"})
    void shouldRefuseATokenForSomebodyElse(String audience) {
        long now = Instant.now().getEpochSecond();
        assertClaimsRefused(claims("\"harbor-token-issuer\"", audience, now, now + 1800, ACCESS));
    }

    @Test
    void shouldTakeATokenForUsAmongOthers() {
        long now = Instant.now().getEpochSecond();
        for (String audience : List.of("\"harbor-registry\"", "[\"other\",\"harbor-registry\"]")) {
            String token = sign(EC, claims("\"harbor-token-issuer\"", audience, now, now + 1800, ACCESS));
            assertThat(verify(token)).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"other\"", "\"Harbor-Token-Issuer\"", "null", "\"\"", "[\"harbor-token-issuer\"]"})
    void shouldRefuseATokenOfAnotherIssuer(String issuer) {
        long now = Instant.now().getEpochSecond();
        assertClaimsRefused(claims(issuer, "[\"harbor-registry\"]", now, now + 1800, ACCESS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "\"pull\"", "1", "[1]", "[[]]", "[null]", "[{}]",
        "[{\"type\":\"repository\"}]",
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
        String access = "[{\"type\":\"repository\",\"name\":\"a/b\",\"actions\":[\"*\",\"PUSH\",\"admin\"],"
                + "\"project_id\":1},"
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
}
