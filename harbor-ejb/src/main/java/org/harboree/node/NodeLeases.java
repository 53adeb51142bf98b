// SPDX-License-Identifier: Apache-2.0
package org.harboree.node;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Rows of {@code node_lease}. Each statement commits by itself; times are the database's. */
final class NodeLeases {
    /** How long a node counts that has not been heard of. */
    static final int LEASE_SECONDS = 30;

    private static final String UNTIL = "UTC_TIMESTAMP(6) + INTERVAL ? SECOND";

    private final DataSource database;

    NodeLeases(DataSource database) {
        this.database = database;
    }

    void renew(NodeIdentity node) throws SQLException {
        update("INSERT INTO node_lease (node_id, place, pid, pid_start, lease_until) VALUES (?, ?, ?, ?, " + UNTIL
                        + ") ON DUPLICATE KEY UPDATE lease_until = VALUES(lease_until)",
                node.id(), node.place(), node.pid(), node.pidStart(), LEASE_SECONDS);
    }

    /** Lets the lease run out so many seconds from now: after the last that this node may still write. */
    void endIn(NodeIdentity node, int seconds) throws SQLException {
        update("UPDATE node_lease SET lease_until = " + UNTIL + " WHERE node_id = ?", seconds, node.id());
    }

    /** Forgets nodes whose lease ended a day ago. */
    void deleteOld() throws SQLException {
        update("DELETE FROM node_lease WHERE lease_until < UTC_TIMESTAMP(6) - INTERVAL ? DAY", 1);
    }

    /** The nodes beside this one that may be at work. */
    List<NodeIdentity> others(NodeIdentity self) throws SQLException {
        List<NodeIdentity> others = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("SELECT node_id, place, pid, pid_start"
                        + " FROM node_lease WHERE lease_until > UTC_TIMESTAMP(6) AND node_id <> ?")) {
            statement.setString(1, self.id());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    others.add(new NodeIdentity(
                            rows.getString(1), rows.getString(2), rows.getLong(3), rows.getLong(4)));
                }
            }
        }
        others.removeIf(self::knowsGone);
        return others;
    }

    private void update(String sql, Object... values) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
