// SPDX-License-Identifier: Apache-2.0
package org.harboree.transaction;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

/** Tells the failures that only mean "others were in the way, try again" from all others. */
final class Contention {
    /**
     * MySQL and MariaDB: 1213 deadlock, 1205 lock wait timeout, 1020 record has changed since last read, 1062
     * duplicate key: another unit was faster, and the next attempt finds its row, 1452 the row referred to has gone.
     */
    private static final Set<Integer> CODES = Set.of(1213, 1205, 1020, 1062, 1452);

    private static final String SERIALIZATION_FAILURE = "40001";

    private Contention() {
    }

    /** Looks through causes, suppressed and chained SQL exceptions. */
    static boolean isBehind(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> open = new ArrayDeque<>();
        open.add(failure);
        while (!open.isEmpty()) {
            Throwable next = open.remove();
            if (!seen.add(next)) {
                continue;
            }
            if (next instanceof SQLException sql && isContention(sql)) {
                return true;
            }
            addBehind(next, open);
        }
        return false;
    }

    private static boolean isContention(SQLException e) {
        return CODES.contains(e.getErrorCode()) || SERIALIZATION_FAILURE.equals(e.getSQLState());
    }

    private static void addBehind(Throwable failure, Deque<Throwable> open) {
        if (failure.getCause() != null) {
            open.add(failure.getCause());
        }
        if (failure instanceof SQLException sql && sql.getNextException() != null) {
            open.add(sql.getNextException());
        }
        Collections.addAll(open, failure.getSuppressed());
    }
}
