// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.harboree.listing.Query;
import org.harboree.listing.Sort;
import org.harboree.listing.Term;

/**
 * The condition of a list in SQL: its text is made of constants of this package, all values are bound.
 */
final class Where {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");

    private final StringBuilder sql = new StringBuilder(" WHERE TRUE");
    private final List<Object> values = new ArrayList<>();

    /** Adds a condition with a {@code ?} for each value. */
    Where and(String condition, Object... bound) {
        sql.append(" AND ").append(condition);
        values.addAll(List.of(bound));
        return this;
    }

    /** Adds the terms whose keys have a column; the others are the caller's matter. */
    Where and(Query query, Map<String, String> columns) {
        query.terms().stream().filter(term -> columns.containsKey(term.key()))
                .forEach(term -> and(term, columns.get(term.key())));
        return this;
    }

    /** {@code column IN (…)}; nothing is in an empty list. */
    Where in(String column, Collection<?> members) {
        if (members.isEmpty()) {
            return and("FALSE");
        }
        return and(column + " IN (" + Sql.placeholders(members.size()) + ")", members.toArray());
    }

    private void and(Term term, String column) {
        if (term instanceof Term.Exact exact) {
            and(column + " = ?", exact.value());
        } else if (term instanceof Term.Fuzzy fuzzy) {
            and("LOWER(" + column + ") LIKE LOWER(?) ESCAPE '" + Term.Fuzzy.LIKE_ESCAPE + "'", fuzzy.likePattern());
        } else if (term instanceof Term.Range range) {
            range.min().ifPresent(min -> and(column + " >= ?", min));
            range.max().ifPresent(max -> and(column + " <= ?", max));
        } else if (term instanceof Term.AnyOf any) {
            in(column, any.values());
        } else if (term instanceof Term.AllOf all) {
            // one column has one value: more than one different can never all hold
            all.values().stream().distinct().forEach(value -> and(column + " = ?", value));
        }
    }

    /** {@code  WHERE …} */
    String sql() {
        return sql.toString();
    }

    /** What the question marks stand for, in their order, as a driver takes them. */
    List<Object> values() {
        return values.stream().map(value -> value instanceof Instant time ? text(time) : value).toList();
    }

    /** {@code  ORDER BY …}: the keys asked for, and a last one that makes the order total. */
    static String orderBy(Sort sort, Map<String, String> columns, String last) {
        String keys = sort.keys().stream()
                .map(key -> Optional.ofNullable(columns.get(key.name())).orElseThrow()
                        + (key.descending() ? " DESC" : "") + ", ")
                .collect(Collectors.joining());
        return " ORDER BY " + keys + last;
    }

    private static String text(Instant time) {
        return TIME.format(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
    }
}
