// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.harboree.listing.PageRequest;
import org.harboree.transaction.Jdbc;

/** Reads native results of this package's DAOs. */
final class Sql {
    /** Rows in memory for one request: anybody may ask for everything of a public project. */
    private static final int MAX_ROWS = 10_000;

    private Sql() {}

    static Optional<Tuple> first(Query query) {
        return query.getResultStream().map(Tuple.class::cast).findFirst();
    }

    static long number(Tuple row, int column) {
        return ((Number) row.get(column)).longValue();
    }

    static boolean flag(Tuple row, int column) {
        Object value = row.get(column);
        return value instanceof Boolean flag ? flag : ((Number) value).intValue() != 0;
    }

    static String text(Tuple row, int column) {
        return (String) row.get(column);
    }

    /** An expression that {@link #time} reads: microseconds since 1970 of a DATETIME in UTC, whatever the driver thinks. */
    static String micros(String column) {
        return "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', " + column + ")";
    }

    static Instant time(Tuple row, int column) {
        return Instant.EPOCH.plus(number(row, column), ChronoUnit.MICROS);
    }

    /** Empty for NULL. */
    static Optional<Instant> optionalTime(Tuple row, int column) {
        return row.get(column) == null ? Optional.empty() : Optional.of(time(row, column));
    }

    /** Empty for NULL. */
    static Optional<String> optionalText(Tuple row, int column) {
        return Optional.ofNullable(text(row, column));
    }

    /** Binds the condition's values to the query's parameters from the first on. */
    static Query bind(Query query, Where where) {
        List<Object> values = where.values();
        for (int i = 0; i < values.size(); i++) {
            query.setParameter(i + 1, values.get(i));
        }
        return query;
    }

    @SuppressWarnings("unchecked")
    static List<Tuple> rows(Query query) {
        return query.getResultList();
    }

    /** The part of the query's rows that is on the page; "everything" ends after {@value #MAX_ROWS}. */
    static List<Tuple> rows(Query query, PageRequest page) {
        return rows(query.setFirstResult(page.offset()).setMaxResults(Math.min(page.limit(), MAX_ROWS)));
    }

    /** The repository of an artifact that is there. */
    static long repositoryOf(EntityManager entities, long artifactId) {
        return Jdbc.first(entities, "SELECT repository_id FROM artifact WHERE artifact_id = ?", row -> row.getLong(1),
                artifactId).orElseThrow();
    }

    /** {@code (a = ? AND b = ?) OR …}, which every database answers with one look-up for each pair. */
    static String pairs(String first, String second, int count) {
        String pair = "(" + first + " = ? AND " + second + " = ?)";
        return "(" + (pair + " OR ").repeat(count - 1) + pair + ")";
    }

    /** {@code ?, ?, ?} */
    static String placeholders(int count) {
        return "?, ".repeat(count - 1) + "?";
    }
}
