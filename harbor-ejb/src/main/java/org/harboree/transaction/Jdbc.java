// SPDX-License-Identifier: Apache-2.0
package org.harboree.transaction;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;

/**
 * Plain statements on the connection of the running unit of work, for DAOs on a hot path: there, what Hibernate does
 * around a native query costs several times the statement itself.
 *
 * <p>Nothing is flushed before: a unit that changes entities and then reads their rows here flushes itself. Values are
 * bound in the order of the question marks; failures are thrown as Hibernate throws them, with the cause that
 * {@link UnitOfWork} looks for.
 */
public final class Jdbc {
    /** Rows of one INSERT: below what a packet and a statement's placeholders allow, with ten columns. */
    private static final int MAX_ROWS = 1024;

    /** Fewer rows than that are one INSERT, whatever their number. */
    private static final int SMALL = 32;

    private Jdbc() {
    }

    /** Reads one row; the result set stands on it. */
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** @return how many rows were changed */
    public static int update(EntityManager entities, String sql, Object... values) {
        return entities.unwrap(Session.class).doReturningWork(connection -> {
            try (PreparedStatement statement = bound(connection.prepareStatement(sql), values)) {
                return statement.executeUpdate();
            }
        });
    }

    /** All rows, in memory. */
    public static <T> List<T> list(EntityManager entities, String sql, RowReader<T> reader, Object... values) {
        return entities.unwrap(Session.class).doReturningWork(connection -> {
            try (PreparedStatement statement = bound(connection.prepareStatement(sql), values);
                    ResultSet rows = statement.executeQuery()) {
                List<T> read = new ArrayList<>();
                while (rows.next()) {
                    read.add(reader.read(rows));
                }
                return read;
            }
        });
    }

    /**
     * Inserts rows, many with one statement.
     *
     * @param head up to {@code VALUES}
     * @param row one row's placeholders with their brackets
     * @param tail what follows the rows
     */
    public static void insertAll(EntityManager entities, String head, String row, String tail, List<Object[]> rows) {
        for (int from = 0; from < rows.size();) {
            int count = rowsOfNext(rows.size() - from);
            update(entities, statement(head, row, tail, count), values(rows.subList(from, from + count)));
            from += count;
        }
    }

    /**
     * As {@link #insertAll}.
     *
     * @return the keys that the database generated, in the order of the rows; empty where the tail has changed a row
     *     that was there
     */
    public static Optional<List<Long>> insertAllWithKeys(
            EntityManager entities, String head, String row, String tail, List<Object[]> rows) {
        List<Long> keys = new ArrayList<>(rows.size());
        boolean all = true;
        for (int from = 0; from < rows.size();) {
            int count = rowsOfNext(rows.size() - from);
            String sql = statement(head, row, tail, count);
            Object[] values = values(rows.subList(from, from + count));
            all &= entities.unwrap(Session.class)
                    .doReturningWork(connection -> inserted(connection, sql, values, keys)) == count;
            from += count;
        }
        return all ? Optional.of(keys) : Optional.empty();
    }

    /** Each number of rows is a statement of its own for the database to prepare, so there are not many of them. */
    private static int rowsOfNext(int left) {
        return left < SMALL ? left : Math.min(MAX_ROWS, Integer.highestOneBit(left));
    }

    private static String statement(String head, String row, String tail, int rows) {
        return head + ' ' + (row + ", ").repeat(rows - 1) + row + tail;
    }

    private static Object[] values(List<Object[]> rows) {
        return rows.stream().flatMap(Arrays::stream).toArray();
    }

    /**
     * The values for a list of placeholders: their number is a power of two, for the sake of the database's prepared
     * statements, so the last value may stand there several times.
     */
    public static <T> List<T> padded(Collection<T> values) {
        List<T> padded = new ArrayList<>(values);
        while (Integer.bitCount(padded.size()) > 1) {
            padded.add(padded.get(padded.size() - 1));
        }
        return padded;
    }

    /** The first row, for queries that have one at most. */
    public static <T> Optional<T> first(EntityManager entities, String sql, RowReader<T> reader, Object... values) {
        return list(entities, sql, reader, values).stream().findFirst();
    }

    /** Whether there is a row at all. */
    public static boolean exists(EntityManager entities, String sql, Object... values) {
        return !list(entities, sql, row -> true, values).isEmpty();
    }

    /** The rows of one INSERT get ids that follow one another, and the driver counts on from the first. */
    private static int inserted(Connection connection, String sql, Object[] values, List<Long> generated)
            throws SQLException {
        try (PreparedStatement statement =
                bound(connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS), values)) {
            int changed = statement.executeUpdate();
            try (ResultSet keys = statement.getGeneratedKeys()) {
                while (keys.next()) {
                    generated.add(keys.getLong(1));
                }
            }
            return changed;
        }
    }

    private static PreparedStatement bound(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }
}
