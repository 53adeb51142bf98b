// SPDX-License-Identifier: Apache-2.0
package org.harboree.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryStringTest {
    private static QueryString query(String query) {
        return QueryString.of(FakeRequest.of("GET", "/v2/?" + query).build());
    }

    @Test
    void shouldBeEmptyWithoutAQuery() {
        assertThat(QueryString.of(FakeRequest.of("GET", "/v2/").build()).all("n")).isEmpty();
        assertThat(query("").first("")).isEmpty();
        assertThat(query("&&").first("")).isEmpty();
    }

    @Test
    void shouldGiveAllValuesInTheirOrder() {
        assertThat(query("tag=b&n=1&tag=a&tag=").all("tag")).containsExactly("b", "a", "");
        assertThat(query("tag=b&tag=a").first("tag")).contains("b");
        assertThat(query("tag").first("tag")).contains("");
        assertThat(query("TAG=b").all("tag")).isEmpty();
    }

    @Test
    void shouldDecodeNamesAndValues() {
        assertThat(query("%74ag=a%2Bb+c%C3%A4").first("tag")).contains("a+b c\u00e4");
        assertThat(query("digest=sha256:abc").first("digest")).contains("sha256:abc");
        assertThat(query("a=b=c").first("a")).contains("b=c");
    }

    @Test
    void shouldTakeTheSameValueTwiceButNotTwoDifferentOnes() {
        assertThat(query("n=1&n=1").only("n", ErrorCode.PAGINATION_INVALID)).contains("1");
        assertThat(query("x=1").only("n", ErrorCode.PAGINATION_INVALID)).isEmpty();
        assertThatThrownBy(() -> query("n=1&n=2").only("n", ErrorCode.PAGINATION_INVALID))
                .isInstanceOfSatisfying(HarborException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.PAGINATION_INVALID));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%4", "a=%zz", "%=a", "a=%-1"})
    void shouldRefuseWhatCannotBeDecoded(String query) {
        assertThatThrownBy(() -> query(query)).isInstanceOfSatisfying(HarborException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_REQUEST));
    }
}
