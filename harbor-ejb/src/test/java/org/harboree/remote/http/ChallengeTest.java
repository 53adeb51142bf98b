// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChallengeTest {
    @Test
    void shouldReadRealmServiceAndScope() {
        assertThat(Challenge.best(List.of("Bearer realm=\"https://auth.example.org/token\", service=\"reg\\\"istry\","
                + "scope=\"repository:a/b:pull,push repository:c:pull\"")))
                .contains(new Challenge("bearer", Map.of("realm", "https://auth.example.org/token", "service",
                        "reg\"istry", "scope", "repository:a/b:pull,push repository:c:pull")));
    }

    @Test
    void shouldPreferATokenToAPassword() {
        assertThat(Challenge.best(List.of("Basic realm=x", "Bearer realm=\"https://a/t\"")))
                .map(Challenge::scheme).contains("bearer");
        assertThat(Challenge.best(List.of("Basic realm=\"x, y\", Bearer realm=\"https://a/t\"")))
                .map(Challenge::scheme).contains("bearer");
    }

    @Test
    void shouldTakeAPasswordWhereThereIsNothingElse() {
        assertThat(Challenge.best(List.of("Negotiate, BASIC realm=\"x\""))).map(Challenge::scheme).contains("basic");
    }

    @Test
    void shouldKnowNothingElse() {
        assertThat(Challenge.best(List.of())).isEmpty();
        assertThat(Challenge.best(List.of("Bearer", "Digest realm=\"x\"", "\"\"\"", "=,=", "\\"))).isEmpty();
    }
}
