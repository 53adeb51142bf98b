// SPDX-License-Identifier: Apache-2.0
package org.harboree.transaction;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
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

    /** @return the key that the database generated for the one new row */
    public static long insert(EntityManager entities, String sql, Object... values) {
        return entities.unwrap(Session.class).doReturningWork(connection -> inserted(connection, sql, values));
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

    /** The first row, for queries that have one at most. */
    public static <T> Optional<T> first(EntityManager entities, String sql, RowReader<T> reader, Object... values) {
        return list(entities, sql, reader, values).stream().findFirst();
    }

    /** Whether there is a row at all. */
    public static boolean exists(EntityManager entities, String sql, Object... values) {
        return !list(entities, sql, row -> true, values).isEmpty();
    }

    private static long inserted(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement =
                bound(connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS), values)) {
            statement.executeUpdate();
            try (ResultSet keys = statement.getGeneratedKeys()) {
                keys.next();
                return keys.getLong(1);
            }
        }
    }

    private static PreparedStatement bound(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }
}
