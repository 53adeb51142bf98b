// SPDX-License-Identifier: Apache-2.0
package org.harboree.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenScopeTest {
    private static Map<String, Set<Action>> asked(String... parameters) {
        return TokenScope.parse(List.of(parameters)).repositories();
    }

    @Test
    void shouldReadWhatIsAskedAndNoMore() {
        assertThat(asked("repository:a/b:pull")).isEqualTo(Map.of("a/b", Set.of(Action.PULL)));
        assertThat(asked("repository:a/b:pull,push,delete"))
                .isEqualTo(Map.of("a/b", Set.of(Action.PULL, Action.PUSH, Action.DELETE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "repository", "repository:", "repository:a", "repository::pull", ":::",
        ":a/b:pull", "x:y:z", "registry:catalog:pull", "registry:other:*", "Repository:a/b:pull",
        "repository(plugin):a/b:pull"})
    void shouldAskForNothingWhereAScopeCannotBeRead(String scope) {
        TokenScope parsed = TokenScope.parse(List.of(scope));
        assertThat(parsed.repositories()).isEmpty();
        assertThat(parsed.catalog()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"repository:a/b:", "repository:a/b:admin", "repository:a/b:scanner-pull",
        "repository:a/b:PUSH", "repository:a/b:,,", "repository:a/b:pull%20push"})
    void shouldKnowNoOtherActions(String scope) {
        assertThat(asked(scope)).isEqualTo(Map.of("a/b", Set.of()));
    }

    @Test
    void shouldReadTheKnownActionsAmongOthers() {
        assertThat(asked("repository:a/b:pull,pull,admin,")).isEqualTo(Map.of("a/b", Set.of(Action.PULL)));
    }

    @Test
    void shouldTakeAStarForEverything() {
        assertThat(asked("repository:a/b:*")).isEqualTo(Map.of("a/b", Action.all()));
        assertThat(asked("repository:a/b:pull,*")).isEqualTo(Map.of("a/b", Action.all()));
    }

    @Test
    void shouldTakeEverythingBetweenTheColonsForTheName() {
        assertThat(asked("repository:host:5000/a/b:pull")).containsOnlyKeys("host:5000/a/b");
        assertThat(asked("repository:a/../b:pull", "repository:a%2Fb:pull", "repository:A/B:pull"))
                .containsOnlyKeys("a/../b", "a%2Fb", "A/B");
    }

    @Test
    void shouldUniteWhatIsAskedTwice() {
        assertThat(asked("repository:a/b:pull", "repository:a/b:push"))
                .isEqualTo(Map.of("a/b", Set.of(Action.PULL, Action.PUSH)));
    }

    @Test
    void shouldReadSeveralScopesInOneParameter() {
        assertThat(asked("repository:a/b:pull  repository:c/d:push", "repository:e/f:delete"))
                .containsOnlyKeys("a/b", "c/d", "e/f");
    }

    @Test
    void shouldGoOnAfterAScopeThatCannotBeRead() {
        assertThat(asked("junk repository:a/b:pull")).containsOnlyKeys("a/b");
    }

    @Test
    void shouldReadTheCatalog() {
        assertThat(TokenScope.parse(List.of("registry:catalog:*")).catalog()).isTrue();
    }

    @Test
    void shouldTakeFiftyScopesAndNotOneMore() {
        List<String> fifty = IntStream.range(0, 50).mapToObj(i -> "repository:a/r" + i + ":pull").toList();
        assertThat(TokenScope.parse(fifty).repositories()).hasSize(50);
        assertThat(TokenScope.parse(List.of(String.join(" ", fifty))).repositories()).hasSize(50);
        assertRefused(Collections.nCopies(51, "repository:a/b:pull"));
        assertRefused(List.of(String.join(" ", Collections.nCopies(51, "x"))));
    }

    @Test
    void shouldRefuseAScopeThatIsTooLong() {
        assertRefused(List.of("repository:" + "a".repeat(100 * 1024) + ":pull"));
    }

    private static void assertRefused(List<String> parameters) {
        assertThatThrownBy(() -> TokenScope.parse(parameters)).isInstanceOfSatisfying(HarborException.class,
                refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_REQUEST));
    }
}
