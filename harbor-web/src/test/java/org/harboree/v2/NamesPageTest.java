// SPDX-License-Identifier: Apache-2.0
package org.harboree.v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.OptionalInt;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.registry.CatalogService.Names;
import org.harboree.web.FakeRequest;
import org.harboree.web.QueryString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesPageTest {
    private static NamesPage page(String query) {
        return NamesPage.of(QueryString.of(FakeRequest.of("GET", "/v2/_catalog?" + query).build()));
    }

    @Test
    void shouldTakeWhatIsAsked() {
        assertThat(page("")).isEqualTo(new NamesPage(OptionalInt.empty(), ""));
        assertThat(page("n=2&last=a/b")).isEqualTo(new NamesPage(OptionalInt.of(2), "a/b"));
        assertThat(page("n=0").n()).hasValue(0);
        assertThat(page("n=99999999999").n()).hasValue(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"n=", "n=-1", "n=%2B1", "n=1.5", "n=a", "n=0x1", "n=1&n=2", "n=%D9%A1", "last=a&last=b",
        "n=1000000000000000000000"})
    void shouldRefuseWhatIsNoNumber(String query) {
        assertThatThrownBy(() -> page(query)).isInstanceOfSatisfying(HarborException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.PAGINATION_INVALID));
    }

    @Test
    void shouldGoToTheEndAfterWhatNoNameCanBe() {
        assertThat(page("last=%C3%A4").last()).isEqualTo("~");
        assertThat(page("last=%00").last()).isEqualTo("~");
        assertThat(page("last=" + "a".repeat(256)).last()).isEqualTo("~");
        assertThat(page("last=" + "a".repeat(255)).last()).hasSize(255);
    }

    @Test
    void shouldWriteTheListAsJson() {
        Response answer = page("").answer("/v2/a/tags/list", "\"name\":\"a\",", "tags",
                new Names(List.of("v1", "v2"), false));
        assertThat(answer.getEntity()).isEqualTo("{\"name\":\"a\",\"tags\":[\"v1\",\"v2\"]}\n");
        assertThat(answer.getHeaderString("Link")).isNull();
        assertThat(answer.getHeaderString("Content-Type")).isEqualTo("application/json");
        assertThat(page("").answer("/v2/_catalog", "", "repositories", new Names(List.of(), false)).getEntity())
                .isEqualTo("{\"repositories\":[]}\n");
    }

    @Test
    void shouldLinkToTheNextPage() {
        Response answer = page("n=2").answer("/v2/_catalog", "", "repositories",
                new Names(List.of("a/b", "c/d"), true));
        assertThat(answer.getHeaderString("Link")).isEqualTo("</v2/_catalog?last=c%2Fd&n=2>; rel=\"next\"");
    }
}
