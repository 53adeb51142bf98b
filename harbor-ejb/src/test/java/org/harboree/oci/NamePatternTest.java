// SPDX-License-Identifier: Apache-2.0
package org.harboree.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamePatternTest {
    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {
        "library/hello, library/hello", "*, abc", "*/*, a/b", "**, a", "**, a/b/c", "library/**, library/a",
        "library/**, library/a/b", "**/c, c", "**/c, a/b/c", "a/**/b, a/b", "a/**/b, a/x/y/b", "a*, a", "a*b*c, axbxc",
        "a?b, axb", "ab[b-d], abc", "ab[^d], abc", "ab[!d], abc", "[x\\-], -", "abc**, abcd", "**abc, xabc",
        "\"ab{c,d}\", abd", "\"{a,b}/{c,d}\", b/c", "\"{a/b,c}/*\", a/b/x", "\"ab{c,d,*}\", abxyz",
        "\"a{b{c,d},e}f\", abdf", "\"a{b{c,d},e}f\", aef", "v1.*, v1.2", "a\\*b, a*b", "\"{,pre-}x\", x"})
    void shouldMatch(String pattern, String name) {
        assertThat(NamePattern.parse(pattern).matches(name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {
        "library/hello, library/hello2", "*, a/b", "*/*, a/b/c", "library/**, library", "library/*, library/a/b",
        "**/c, abc", "**/c, a/bc", "a*b, a/b", "a?b, a/b", "a?b, ab", "a[^x]b, a/b", "ab[^c], abc", "ab[e-g], abc",
        "a\\*b, axb", "\"ab{c,d}\", abe", "abc**, abc/d", "A, a", "a/**/b, ab", "[x\\-], z"})
    void shouldNotMatch(String pattern, String name) {
        assertThat(NamePattern.parse(pattern).matches(name)).isFalse();
    }

    @Test
    void shouldMatchEverythingWithAnEmptyPattern() {
        assertThat(NamePattern.everything().matches("a/b/c")).isTrue();
        assertThat(NamePattern.everything().literalNames()).isEmpty();
        assertThat(NamePattern.everything().literalFirstComponents()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a[", "a[b", "a{b", "a{b,{c}", "a\\", "[^"})
    void shouldRefuseWhatIsNotClosed(String pattern) {
        assertThatThrownBy(() -> NamePattern.parse(pattern)).isInstanceOfSatisfying(HarborException.class,
                refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_REQUEST));
    }

    @Test
    void shouldRefusePatternsThatExplode() {
        assertThatThrownBy(() -> NamePattern.parse("{a,b}".repeat(100))).isInstanceOf(HarborException.class);
        assertThatThrownBy(() -> NamePattern.parse("a".repeat(1025))).isInstanceOf(HarborException.class);
    }

    @Test
    void shouldMatchInLinearTimeHoweverManyStars() {
        assertThat(NamePattern.parse("*a".repeat(500)).matches("a".repeat(499) + "b")).isFalse();
    }

    @Test
    void shouldNameTheOnlyNamesThatCanMatch() {
        assertThat(NamePattern.parse("library/{hello,busybox}").literalNames())
                .isEqualTo(Optional.of(List.of("library/hello", "library/busybox")));
        assertThat(NamePattern.parse("library/*").literalNames()).isEmpty();
        assertThat(NamePattern.parse("library/a?").literalNames()).isEmpty();
    }

    @Test
    void shouldNameTheOnlyFirstComponentsThatCanMatch() {
        assertThat(NamePattern.parse("{library,test}/**").literalFirstComponents())
                .isEqualTo(Optional.of(Set.of("library", "test")));
        assertThat(NamePattern.parse("lib*/x").literalFirstComponents()).isEmpty();
        assertThat(NamePattern.parse("**/x").literalFirstComponents()).isEmpty();
    }
}
