// SPDX-License-Identifier: Apache-2.0
package org.harboree.transaction;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.harboree.database.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DatabaseSettingsTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = DATABASE.dataSource().getConnection();
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void shouldAcceptAConnectionAsInProduction() {
        assertThatCode(() -> DatabaseSettings.check(connection)).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseALogThatIsNotFlushedAtCommit() throws SQLException {
        execute("SET GLOBAL innodb_flush_log_at_trx_commit = 2");
        try {
            shouldRefuseNaming("innodb_flush_log_at_trx_commit is 2, it must be 1");
        } finally {
            execute("SET GLOBAL innodb_flush_log_at_trx_commit = 1");
        }
    }

    @Test
    void shouldRefuseAModeThatCutsValuesShort() throws SQLException {
        execute("SET SESSION sql_mode = 'NO_ENGINE_SUBSTITUTION'");

        shouldRefuseNaming("sql_mode");
    }

    @Test
    void shouldRefuseASessionThatIsNotInUtc() throws SQLException {
        execute("SET SESSION time_zone = '+02:00'");

        shouldRefuseNaming("time_zone");
    }

    @Test
    void shouldRefuseAnotherIsolation() throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);

        shouldRefuseNaming("transaction_isolation");
    }

    private void shouldRefuseNaming(String variable) {
        assertThatThrownBy(() -> DatabaseSettings.check(connection)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(variable);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
