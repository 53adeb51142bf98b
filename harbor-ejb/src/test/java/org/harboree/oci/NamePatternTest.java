// SPDX-License-Identifier: Apache-2.0
package org.harboree.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamePatternTest {
    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {
        "library/hello, library/hello", "*, abc", "*/*, a/b", "**, a", "**, a/b/c", "library/**, library/a",
        "library/**, library/a/b", "**/c, c", "**/c, b/c", "**/c, a/b/c", "a/**/b, a/b", "a/**/b, a/x/y/b",
        "a/**/d, a/b/c/d", "a*, a", "a*, abc", "a*b*c, axbxc", "a*b?c*x, abxbbxdbxebxczzx",
        "a*b*c*d*e*/f, axbxcxdxexxx/f", "a?b, axb", "a?b, a☺b", "a[^a]b, a☺b", "[a-ζ]*, α", "ab[b-d], abc",
        "ab[^d], abc", "ab[!c], abc", "[x\\-], -", "[\\-x], x", "[\\]a], ]", "abc**, abcd", "**abc, xabc", "*x, xxx",
        "\"ab{c,d}\", abd", "\"ab{c,d,*}\", abcde", "\"{a,b}/{c,d}\", b/c", "\"{a/b,c}/*\", a/b/x",
        "\"a/{b/c,c/b}\", a/c/b", "\"{a/{b,c},abc}\", a/c", "\"{a/{b,c},abc}\", abc", "\"a{b{c,d},e}f\", abdf",
        "\"a{b{c,d},e}f\", aef", "\"a{,bc}\", a", "\"{,pre-}x\", x", "v1.*, v1.2", "a\\*b, a*b", "{a/**}/c, a/b/c/c",
        "\"x{,a}\", x", "\"a{*,**}\", a", "\"{a,b}}\", a}", "\"a,b\", \"a,b\""})
    void shouldMatch(String pattern, String name) {
        assertThat(NamePattern.parse(pattern).matches(name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {
        "library/hello, library/hello2", "*, a/b", "*/*, a/b/c", "library/**, library", "library/*, library/a/b",
        "**/c, abc", "**/c, a/abc", "a*b, a/b", "a*, ab/c", "a?b, a/b", "a?b, ab", "a[^x]b, a/b", "ab[^c], abc",
        "ab[e-g], abc", "ab[!d], abc", "a\\*b, axb", "\"ab{c,d}\", abe", "abc**, abc/d", "A, a", "a/**/b, ab",
        "[x\\-], z", "*[a-ζ], A", "a/\\**, a/b/c", "a//b/c, a/b/c", "a/, a", "\"{a/{b,c},abc}\", a/b/c"})
    void shouldNotMatch(String pattern, String name) {
        assertThat(NamePattern.parse(pattern).matches(name)).isFalse();
    }

    /** What looks as if it should match, and does not in Harbor either. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {
        // a choice that goes on with further components hides one that ends here
        "\"{a,a/**}\", a",
        // the shortest run decides for a star, also where another would have another rest
        "\"*{a/x,aa/y}\", aa/x",
        // a star leaves at least one character for what follows it, and braces are not nothing there
        "\"*{,b}\", a",
        // two stars are components only where they stand between the slashes as written
        "\"{**,x}/b\", a/c/b"})
    void shouldNotMatchWhereHarborDoesNot(String pattern, String name) {
        assertThat(NamePattern.parse(pattern).matches(name)).isFalse();
    }

    @Test
    void shouldMatchEverythingWithAnEmptyPattern() {
        assertThat(NamePattern.everything().matches("a/b/c")).isTrue();
        assertThat(NamePattern.everything().literalNames()).isEmpty();
        assertThat(NamePattern.everything().literalFirstComponents()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a[", "a[b", "a{b", "a{b,{c}", "a\\", "[^", "[]a]", "[-]", "[x-]", "[-x]", "[a-b-c]", "[]",
        "ab{c,d}[", "{a,b[}", "a/b/[", "**/{"})
    void shouldRefuseWhatIsMalformedHoweverFarANameWouldCome(String pattern) {
        assertThatThrownBy(() -> NamePattern.parse(pattern)).isInstanceOfSatisfying(HarborException.class,
                refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_REQUEST));
    }

    @Test
    void shouldRefuseWhatIsTooLong() {
        assertThat(NamePattern.parse("a".repeat(1024)).matches("a".repeat(1024))).isTrue();
        assertThatThrownBy(() -> NamePattern.parse("a".repeat(1025))).isInstanceOf(HarborException.class);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {"*a, 500", "\"{a,b}\", 200", "\"{*,a*}\", 160", "\"**/\", 340",
        "\"{a,*a}\", 140"})
    void shouldTakeLittleTimeForPatternsThatCouldExplode(String part, int times) {
        NamePattern pattern = NamePattern.parse(part.repeat(times));

        Assertions.assertTimeout(Duration.ofSeconds(5), () -> {
            assertThat(pattern.matches("a".repeat(199) + "/" + "b".repeat(55))).isFalse();
            assertThat(pattern.matches("a/".repeat(126) + "c")).isFalse();
        });
    }

    @Test
    void shouldChooseAmongMoreThanThousandAlternatives() {
        NamePattern pattern = NamePattern.parse("{a,b}".repeat(100));

        assertThat(pattern.matches("ab".repeat(50))).isTrue();
        assertThat(pattern.matches("ab".repeat(49) + "ac")).isFalse();
    }

    @Test
    void shouldNameTheOnlyNamesThatCanMatch() {
        assertThat(NamePattern.parse("library/{hello,busybox}").literalNames())
                .isEqualTo(Optional.of(List.of("library/hello", "library/busybox")));
        assertThat(NamePattern.parse("{a,b}/{c,d}").literalNames())
                .isEqualTo(Optional.of(List.of("a/c", "a/d", "b/c", "b/d")));
        assertThat(NamePattern.parse("library/*").literalNames()).isEmpty();
        assertThat(NamePattern.parse("library/a?").literalNames()).isEmpty();
        assertThat(NamePattern.parse("a/{b/c,d}").literalNames()).isEmpty();
        assertThat(NamePattern.parse("{a,b,c,d,e,f,g,h,i,j,k}/".repeat(3) + "x").literalNames()).isEmpty();
    }

    @Test
    void shouldNameTheOnlyFirstComponentsThatCanMatch() {
        assertThat(NamePattern.parse("{library,test}/**").literalFirstComponents())
                .isEqualTo(Optional.of(Set.of("library", "test")));
        assertThat(NamePattern.parse("lib*/x").literalFirstComponents()).isEmpty();
        assertThat(NamePattern.parse("**/x").literalFirstComponents()).isEmpty();
        assertThat(NamePattern.parse("{a/b,c}/x").literalFirstComponents()).isEmpty();
    }
}
