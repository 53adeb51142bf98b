// SPDX-License-Identifier: Apache-2.0
package org.harboree.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagingTest {
    private static final String PATH = "/api/v2.0/projects";

    @Test
    void shouldBeTheFirstTenByDefault() {
        assertThat(PageRequest.parse(null, "")).isEqualTo(new PageRequest(1, 10)).isEqualTo(PageRequest.first());
    }

    @ParameterizedTest
    @CsvSource({"1, 10, 0, 10", "3, 100, 200, 100", "1, 0, 0, 2147483647", "7, -1, 0, 2147483647",
        "0, 0, 0, 2147483647", "0, 10, 0, 10", "-1, 10, 0, 10", "1, -2, 0, 2147483647",
        "1, -9223372036854775808, 0, 2147483647", "2147483647, 100, 2147483647, 100", "9223372036854775807, 1, 2147483646, 1"})
    void shouldTellOffsetAndLimit(String page, String size, int offset, int limit) {
        PageRequest request = PageRequest.parse(page, size);

        assertThat(request.offset()).isEqualTo(offset);
        assertThat(request.limit()).isEqualTo(limit);
    }

    @ParameterizedTest
    @CsvSource({"abc, 10", "9223372036854775808, 10", "1, 101", "1, abc", "1.0, 10", "1, 9223372036854775807",
        "1e3, 10", "' 1', 10"})
    void shouldRefuseOtherNumbers(String page, String size) {
        assertThatThrownBy(() -> PageRequest.parse(page, size)).isInstanceOfSatisfying(HarborException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.UNPROCESSABLE_ENTITY));
    }

    @Test
    void shouldChangeItemsButNotTheTotal() {
        assertThat(new Page<>(List.of(1, 2), 12).map(String::valueOf)).isEqualTo(new Page<>(List.of("1", "2"), 12));
    }

    @Test
    void shouldLinkToPagesBeforeAndAfter() {
        assertThat(Links.rest(PATH, "with_detail=true&page=2&page_size=10&name=a", new PageRequest(2, 10), 21))
                .contains("<" + PATH + "?name=a&page=1&page_size=10&with_detail=true>; rel=\"prev\" , <" + PATH
                        + "?name=a&page=3&page_size=10&with_detail=true>; rel=\"next\"");
        assertThat(Links.rest(PATH, null, new PageRequest(1, 10), 11))
                .contains("<" + PATH + "?page=2&page_size=10>; rel=\"next\"");
        assertThat(Links.rest(PATH, "", new PageRequest(2, 10), 20))
                .contains("<" + PATH + "?page=1&page_size=10>; rel=\"prev\"");
    }

    @Test
    void shouldNotLinkWhereThereIsNothing() {
        assertThat(Links.rest(PATH, null, new PageRequest(1, 10), 10)).isEmpty();
        assertThat(Links.rest(PATH, null, new PageRequest(5, 10), 10)).isEmpty();
        assertThat(Links.rest(PATH, null, PageRequest.everything(), 1000)).isEmpty();
    }

    @Test
    void shouldUnescapeOnlyWhatIsHarmless() {
        assertThat(Links.rest(PATH, "q=name%3D~x%2Cid%3D%5B1~2%5D&x=%3E%0d%0aA%3A+b%26c%22%C3%A4&y&=z&%zz=%",
                new PageRequest(1, 10), 11).orElseThrow()).isEqualTo("<" + PATH
                + "?%25zz=%25&page=2&page_size=10&q=name=~x%2Cid=[1~2]&x=%3E%0D%0AA:%20b%26c%22%C3%A4&y=>"
                + "; rel=\"next\"");
    }

    @Test
    void shouldLinkAsTheDistributionSpecDoes() {
        assertThat(Links.next("/v2/_catalog", "library/x", 10))
                .isEqualTo("</v2/_catalog?last=library%2Fx&n=10>; rel=\"next\"");
        Map<String, String> parameters = new LinkedHashMap<>(Map.of("n", "5"));
        parameters.put("artifactType", "a/b+c");
        assertThat(Links.next("/v2/a/b/referrers/sha256:0", parameters))
                .isEqualTo("</v2/a/b/referrers/sha256:0?n=5&artifactType=a%2Fb%2Bc>; rel=\"next\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX: y", "a>; rel=\"prev\"", "\u0000", "\u20ac"})
    void shouldNotLetALastItemLeaveTheHeader(String last) {
        assertThat(Links.next("/v2/_catalog", last, 1))
                .matches("</v2/_catalog\\?last=[a-zA-Z0-9%.~_-]+&n=1>; rel=\"next\"");
    }

    @Property
    void shouldNeverWriteMoreThanOneHeaderLine(@ForAll String path, @ForAll String query, @ForAll String last) {
        String rest = Links.rest(path, query, new PageRequest(1, 1), 2).orElseThrow();
        String next = Links.next(path, last, 1);

        assertThat(rest).matches("<[!-~&&[^<>\"]]*>; rel=\"next\"");
        assertThat(next).matches("<[!-~&&[^<>\"]]*>; rel=\"next\"");
    }
}
