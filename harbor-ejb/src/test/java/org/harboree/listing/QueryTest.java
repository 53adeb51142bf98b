// SPDX-License-Identifier: Apache-2.0
package org.harboree.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
    private static final Map<String, Query.Kind> KEYS = Map.of("a", Query.Kind.TEXT, "name", Query.Kind.TEXT, "tags",
            Query.Kind.TEXT, "id", Query.Kind.INTEGER, "time", Query.Kind.TIME, "public", Query.Kind.FLAG);

    @Test
    void shouldHoldForAllWhereNothingIsAsked() {
        assertThat(Query.parse(null, KEYS).isEmpty()).isTrue();
        assertThat(Query.parse("", KEYS).terms()).isEmpty();
    }

    @Test
    void shouldReadEveryFormOfATerm() {
        Query query = Query.parse("a=v,name=~v,id=[1~2],tags={x y},public=true,time=(2020-04-09)", KEYS);

        assertThat(query.terms()).containsExactly(new Term.Exact("a", "v"), new Term.Fuzzy("name", "v"),
                new Term.Range("id", Optional.of(1L), Optional.of(2L)), new Term.AnyOf("tags", List.of("x", "y")),
                new Term.Exact("public", true),
                new Term.AllOf("time", List.of(Instant.parse("2020-04-09T00:00:00Z"))));
        assertThat(query.term("id")).isPresent();
        assertThat(query.term("x")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"a=*|*", "a=nil|nil", "a=\\~v|~v", "a=\\b=c|b=c",
        "a=\"b,c=d\"|b,c=d", "a='b c'|b c", "a=b\"c|b\"c", "a=x(y)|x(y)", "a=library/x|library/x", "a=b%3Dc|",
        "a%3Db|b", "a=50%|50%", "a=b%2Cc|", "a=1+2|1+2", "a=\\\\x|\\x", "a=\u00e4|\u00e4"})
    void shouldReadExactValues(String q, String value) {
        if (value == null) {
            assertInvalid(q);
        } else {
            assertThat(Query.parse(q, KEYS).terms()).containsExactly(new Term.Exact("a", value));
        }
    }

    @Property(tries = 500)
    void shouldReadWhatItWrites(@ForAll @StringLength(min = 1, max = 30) @Chars({'a', '%', '2', '5', '"', ',', '=', '~',
        ' ', '\\', '{', ']', '\u00e4'}) String text) {
        assertThat(Query.parse(Query.contains("a", text), KEYS).terms()).containsExactly(new Term.Fuzzy("a", text));
        assertThat(Query.parse(Query.equal("a", text), KEYS).terms()).containsExactly(new Term.Exact("a", text));
    }

    @Test
    void shouldLoseAQuoteWhereThereAreBothKinds() {
        assertThat(Query.parse(Query.contains("a", "\"'x"), KEYS).terms())
                .containsExactly(new Term.Fuzzy("a", "\"x"));
    }

    @Test
    void shouldProtectWhatIsQuotedInLists() {
        assertThat(Query.parse("tags={ \"a b\"  'c,d' \"]})\" e'f },a=~\"x,y\"", KEYS).terms()).containsExactly(
                new Term.AnyOf("tags", List.of("a b", "c,d", "]})", "e'f")), new Term.Fuzzy("a", "x,y"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2020-04-09T02:36:00", "2020-04-09 02:36:00", "2020-04-09T02:36:00Z",
        "2020-04-09T02:36:00.000", "\"2020-04-09 02:36:00\""})
    void shouldReadTimesInEveryForm(String time) {
        Object instant = Instant.parse("2020-04-09T02:36:00Z");

        assertThat(Query.parse("time=[" + time + "~]", KEYS).terms())
                .containsExactly(new Term.Range("time", Optional.of(instant), Optional.empty()));
        assertThat(Query.parse("time=[ ~ " + time + " ]", KEYS).terms())
                .containsExactly(new Term.Range("time", Optional.empty(), Optional.of(instant)));
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "a", "=", "==", "a=", "a=b,", ",a=b", "a=b,,name=c", "a=b=c", "a=[", "a=[~]",
        "a=[ ~ ]", "a=[1~2~3]", "a=[1]", "a={", "a=()", "a={}", "a={ }", "a={x", "a={x]", "a={[x]}", "a={{x}}",
        "a=(x(y))", "a=[[1]~2]", "a={x}y", "a=[1~2]x", "a=~", "a=~x=y", "a=\"x", "a=\"x\"y", "a={\"x\"y}", "a={\"x}",
        "a=\\",
        "a={x,y}", "a=' OR '1'='1", "a=b,a=c"})
    void shouldRefuseMalformedQueries(String q) {
        assertInvalid(q);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x=1", "password=~$argon", "user.password=1", "name;--=x", "class.x=1", "__proto__=1",
        "name__in=x", " a=b", "A=b", "a =b"})
    void shouldRefuseKeysThatTheListDoesNotHave(String q) {
        assertInvalid(q);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id=x", "id=1.0", "id=9223372036854775808", "id=~1", "id={1 x}", "time=9999-99-99",
        "time=2021-02-29", "time=10000-01-01", "time=2020-04-09T25:00:00", "time=now", "time=~2020", "public=yes",
        "public=[0~1]", "public=~t", "id=\"\"", "time=[x~]"})
    void shouldRefuseValuesOfAnotherKind(String q) {
        assertInvalid(q);
    }

    @Test
    void shouldRefuseControlCharacters() {
        assertInvalid("a=x\u0000");
        assertInvalid("a=x%00");
        assertInvalid("a=x\r\ny");
    }

    @Test
    void shouldRefuseWhatIsTooLarge() {
        String thousand = IntStream.range(0, 1000).mapToObj(i -> "x").collect(Collectors.joining(" "));

        assertThat(Query.parse("a={" + thousand + "}", KEYS).terms()).hasSize(1);
        assertInvalid("a={" + thousand + " x}");
        assertThat(Query.parse("a=" + "x".repeat(Query.MAX_CHARS - 2), KEYS).terms()).hasSize(1);
        assertInvalid("a=" + "x".repeat(Query.MAX_CHARS - 1));
        assertInvalid("a=x,".repeat(1000) + "a=x");
    }

    @Test
    void shouldTakeWildcardsLiterally() {
        assertThat(new Term.Fuzzy("a", "50%_!\\").likePattern()).isEqualTo("%50!%!_!!\\%");
    }

    @Property(tries = 5000)
    void shouldEitherReadOrRefuse(
            @ForAll @Chars({'a', '=', ',', '~', '[', ']', '{', '}', '(', ')', ' ', '"', '\'', '\\', '%', '1'})
            @StringLength(max = 12) String rest) {
        try {
            assertThat(Query.parse("a=" + rest, KEYS).terms()).isNotEmpty();
        } catch (HarborException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.BAD_REQUEST);
        }
    }

    private static void assertInvalid(String q) {
        assertThatThrownBy(() -> Query.parse(q, KEYS)).isInstanceOfSatisfying(HarborException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_REQUEST));
    }
}
