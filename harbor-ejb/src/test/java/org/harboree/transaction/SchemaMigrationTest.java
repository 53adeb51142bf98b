// SPDX-License-Identifier: Apache-2.0
package org.harboree.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.harboree.database.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SchemaMigrationTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @Test
    void shouldDoNothingTheSecondTime() {
        assertThat(SchemaMigration.migrate(DATABASE.dataSource())).isZero();
    }

    /** DDL commits by itself: a crash between a statement and Flyway's own row repeats the statement. */
    @Test
    void shouldSurviveACrashBeforeItsOwnRecord() {
        DATABASE.execute("DELETE FROM schema_version WHERE version <> '0' AND version IS NOT NULL");

        assertThat(SchemaMigration.migrate(DATABASE.dataSource())).isPositive();
        assertThat(SchemaMigration.migrate(DATABASE.dataSource())).isZero();
    }

    @Test
    void shouldRepeatAMigrationThatFailedHalfway() {
        DATABASE.execute("UPDATE schema_version SET success = 0 ORDER BY installed_rank DESC LIMIT 1");

        assertThat(SchemaMigration.migrate(DATABASE.dataSource())).isPositive();
    }

    @Test
    void shouldRefuseTheSchemaOfALaterBuild() {
        DATABASE.execute("INSERT INTO schema_version (installed_rank, version, description, type, script, checksum,"
                + " installed_by, execution_time, success) SELECT MAX(installed_rank) + 1, '999', 'later', 'SQL',"
                + " 'V999__later.sql', 1, 'test', 1, 1 FROM schema_version");
        assertThatThrownBy(() -> SchemaMigration.migrate(DATABASE.dataSource()))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("999").hasMessageContaining("later");
        DATABASE.execute("DELETE FROM schema_version WHERE version = '999'");
        assertThat(SchemaMigration.migrate(DATABASE.dataSource())).isZero();
    }

    @Test
    void shouldCompareTextByItsBytesOnly() throws SQLException {
        assertThat(column("SELECT CONCAT(table_name, '.', column_name, ' ', collation_name)"
                + " FROM information_schema.columns WHERE table_schema = DATABASE() AND collation_name IS NOT NULL"
                + " AND collation_name NOT LIKE '%\\_bin' AND table_name <> 'schema_version'")).isEmpty();
    }

    private static List<String> column(String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
