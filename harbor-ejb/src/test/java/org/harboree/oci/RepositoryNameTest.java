// SPDX-License-Identifier: Apache-2.0
package org.harboree.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryNameTest {
    private static final String COMPONENT = "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*";
    private static final Pattern SPECIFICATION = Pattern.compile(COMPONENT + "(/" + COMPONENT + ")+");

    @Test
    void shouldSplitTheProjectOff() {
        RepositoryName name = RepositoryName.parse("library/team/hello-world");

        assertThat(name.project()).isEqualTo("library");
        assertThat(name.inProject()).isEqualTo("team/hello-world");
        assertThat(name).hasToString("library/team/hello-world");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a.b/c_d", "a__b/c---d", "0/1", "a/b/c/d/e"})
    void shouldTakeWhatTheSpecificationAllows(String name) {
        assertThat(RepositoryName.parse(name)).hasToString(name);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "a", "a/", "/a", "a//b", "A/b", "a/B", "a/..", "a/../b", "a/-b", "a/b-", "a/b..c",
        "a/b___c", "a/b._c", "a/b%2fc", "a/b c", "a/b\u0000", "a/\u0661", "a/b\n"})
    void shouldRefuseAnythingElse(String name) {
        assertInvalid(name);
    }

    @Test
    void shouldTake255CharactersAndNoMore() {
        assertThat(RepositoryName.parse("a/" + "b".repeat(253)).toString()).hasSize(255);
        assertInvalid("a/" + "b".repeat(254));
        assertInvalid("a/" + "b/".repeat(100_000));
    }

    @Property(tries = 5_000)
    void shouldAgreeWithTheSpecificationsGrammar(
            @ForAll @Chars({'a', '0', '.', '_', '-', '/', 'A', ' '}) @StringLength(max = 12) String text) {
        if (SPECIFICATION.matcher(text).matches()) {
            RepositoryName name = RepositoryName.parse(text);
            assertThat(name.project() + "/" + name.inProject()).isEqualTo(text);
        } else {
            assertInvalid(text);
        }
    }

    private static void assertInvalid(String text) {
        assertThatThrownBy(() -> RepositoryName.parse(text)).isInstanceOfSatisfying(HarborException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.NAME_INVALID));
    }
}
