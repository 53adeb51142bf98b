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

class ReferenceTest {
    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

    @Test
    void shouldBeADigestIfItHasAColon() {
        Digest digest = Digest.sha256(new byte[] {1});

        assertThat(Reference.parse(digest.toString())).isEqualTo(digest);
        assertThat(Reference.parse("v1.0")).isEqualTo(new Tag("v1.0"));
        assertFails(() -> Reference.parse("latest:1"), ErrorCode.DIGEST_INVALID);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", ".a", "-a", "a b", "a/b", "a\u0000", "\u00e4", "a\n", ".."})
    void shouldRefuseWhatIsNoTag(String text) {
        assertFails(() -> Reference.parse(text), ErrorCode.TAG_INVALID);
    }

    @Test
    void shouldTakeTagsOf128CharactersAndNoMore() {
        assertThat(Tag.parse("a".repeat(128)).value()).hasSize(128);
        assertFails(() -> Tag.parse("a".repeat(129)), ErrorCode.TAG_INVALID);
    }

    @Test
    void shouldSortTagsByBytes() {
        assertThat(new Tag("B")).isLessThan(new Tag("a"));
        assertThat(new Tag("v10")).isLessThan(new Tag("v9"));
    }

    @Property
    void shouldAgreeWithTheSpecificationsGrammar(
            @ForAll @Chars({'a', 'Z', '0', '.', '_', '-', '/', ' '}) @StringLength(max = 6) String text) {
        if (TAG.matcher(text).matches()) {
            assertThat(Reference.parse(text)).hasToString(text);
        } else {
            assertFails(() -> Reference.parse(text), ErrorCode.TAG_INVALID);
        }
    }

    private static void assertFails(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(HarborException.class,
                e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void tagOfReferrersShouldFitWhateverTheDigest() {
        Digest sha256 = Digest.sha256(new byte[0]);
        Digest sha512 = Digest.parse("sha512:" + "ab".repeat(64));

        assertThat(Tag.ofReferrers(sha256)).hasToString("sha256-" + sha256.hex());
        assertThat(Tag.ofReferrers(sha512)).hasToString("sha512-" + "ab".repeat(32));
        assertThat(Tag.ofReferrers(sha512).isOfReferrers()).isTrue();
        assertThat(Tag.parse("sha256-" + sha256.hex() + ".sig").isOfReferrers()).isFalse();
        assertThat(Tag.parse("v1").isOfReferrers()).isFalse();
    }
}
