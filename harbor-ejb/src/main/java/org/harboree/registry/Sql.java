// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.util.Optional;

/** Reads native results of this package's DAOs. */
final class Sql {
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

    /** {@code ?, ?, ?} */
    static String placeholders(int count) {
        return "?, ".repeat(count - 1) + "?";
    }
}
