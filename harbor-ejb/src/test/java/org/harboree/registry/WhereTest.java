// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.harboree.listing.Query;
import org.harboree.listing.Sort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhereTest {
    private static final Map<String, Query.Kind> KEYS = Map.of("name", Query.Kind.TEXT, "size", Query.Kind.INTEGER,
            "time", Query.Kind.TIME, "special", Query.Kind.TEXT);
    private static final Map<String, String> COLUMNS = Map.of("name", "r.name", "size", "r.size", "time", "r.time");

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "name=a        | r.name = ?                               | a",
        "name=~a_b     | LOWER(r.name) LIKE LOWER(?) ESCAPE '!'   | %a!_b%",
        "name={a b}    | r.name IN (?, ?)                         | a;b",
        "name=(a)      | r.name = ?                               | a",
        "size=[1~]     | r.size >= ?                              | 1",
        "size=[~9]     | r.size <= ?                              | 9",
        "time=2026-01-02T03:04:05 | r.time = ?                    | 2026-01-02 03:04:05.000000"})
    void shouldBindEveryValue(String q, String condition, String values) {
        Where where = new Where().and(Query.parse(q, KEYS), COLUMNS);

        assertThat(where.sql()).isEqualTo(" WHERE TRUE AND " + condition);
        assertThat(where.values()).map(String::valueOf).isEqualTo(List.of(values.split(";")));
    }

    @Test
    void shouldKeepTheValuesInTheOrderOfTheirConditions() {
        Where where = new Where().and("a = ?", 1).and(Query.parse("size=[2~3]", KEYS), COLUMNS).and("b = ?", 4);

        assertThat(where.sql()).isEqualTo(" WHERE TRUE AND a = ? AND r.size >= ? AND r.size <= ? AND b = ?");
        assertThat(where.values()).containsExactly(1, 2L, 3L, 4);
    }

    @Test
    void shouldLeaveKeysWithoutAColumnToTheCaller() {
        assertThat(new Where().and(Query.parse("special=x", KEYS), COLUMNS).sql()).isEqualTo(" WHERE TRUE");
    }

    @Test
    void shouldFindNothingInAnEmptyList() {
        assertThat(new Where().in("r.name", List.of()).sql()).isEqualTo(" WHERE TRUE AND FALSE");
    }

    @Test
    void shouldOrderTotally() {
        Sort sort = Sort.parse("-size,name", COLUMNS.keySet(), Sort.by());

        assertThat(Where.orderBy(sort, COLUMNS, "r.id DESC")).isEqualTo(" ORDER BY r.size DESC, r.name, r.id DESC");
    }
}
