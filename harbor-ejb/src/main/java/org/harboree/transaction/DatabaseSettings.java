// SPDX-License-Identifier: Apache-2.0
package org.harboree.transaction;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The settings without which a committed row may be lost, cut short or read wrongly: the server refuses to start. */
final class DatabaseSettings {
    private static final String QUERY = "SELECT @@GLOBAL.innodb_flush_log_at_trx_commit, @@GLOBAL.log_bin,"
            + " @@GLOBAL.sync_binlog, @@SESSION.sql_mode, TIMESTAMPDIFF(MINUTE, UTC_TIMESTAMP(), CURRENT_TIMESTAMP())";

    private DatabaseSettings() {
    }

    /**
     * @param connection one as the product will use it: its session is judged, too
     * @throws IllegalStateException naming every wrong variable; the same is one line of the log
     */
    static void check(Connection connection) throws SQLException {
        List<String> wrong = wrong(connection);
        if (!wrong.isEmpty()) {
            String reasons = String.join("; ", wrong);
            DatabaseLog.LOG.unsafeDatabase(reasons);
            throw new IllegalStateException("unsafe database settings: " + reasons);
        }
    }

    private static List<String> wrong(Connection connection) throws SQLException {
        List<String> wrong = new ArrayList<>();
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(QUERY)) {
            row.next();
            if (row.getInt(1) != 1) {
                wrong.add("innodb_flush_log_at_trx_commit is " + row.getInt(1) + ", it must be 1");
            }
            if (row.getBoolean(2) && row.getInt(3) != 1) {
                wrong.add("sync_binlog is " + row.getInt(3) + " with the binary log on, it must be 1");
            }
            String mode = row.getString(4).toUpperCase(Locale.ROOT);
            if (!mode.contains("STRICT_TRANS_TABLES") && !mode.contains("STRICT_ALL_TABLES")) {
                wrong.add("sql_mode is '" + mode + "', it must contain STRICT_TRANS_TABLES");
            }
            if (row.getInt(5) != 0) {
                wrong.add("time_zone of the session is not UTC, the connection URL must have connectionTimeZone=UTC"
                        + " and forceConnectionTimeZoneToSession=true");
            }
        }
        if (connection.getTransactionIsolation() != Connection.TRANSACTION_READ_COMMITTED) {
            wrong.add("transaction_isolation of the data source must be READ COMMITTED");
        }
        return wrong;
    }
}
