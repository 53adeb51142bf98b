// SPDX-License-Identifier: Apache-2.0
package org.harboree.batch;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The batch runtime's records, which it never removes itself: those of yesterday go. */
@ApplicationScoped
class BatchRecords {
    private static final int BATCH = 1000;

    /** The oldest come first in the key's order. A vanished server's records stand as STARTED for ever. */
    private static final String DELETE = "DELETE FROM JOB_INSTANCE WHERE JOBINSTANCEID IN (SELECT JOBINSTANCEID FROM"
            + " (SELECT e.JOBINSTANCEID FROM JOB_EXECUTION e WHERE e.CREATETIME < UTC_TIMESTAMP() - INTERVAL 1 DAY"
            + " AND NOT EXISTS (SELECT 1 FROM task t WHERE t.status = 'Running'"
            + " AND t.batch_execution_id = e.JOBEXECUTIONID) ORDER BY e.JOBEXECUTIONID LIMIT " + BATCH + ") old)";

    @Resource(lookup = "java:jboss/datasources/HarborDS")
    private DataSource database;

    void removeOld() {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            int removed;
            do {
                removed = statement.executeUpdate(DELETE);
            } while (removed == BATCH);
        } catch (SQLException e) {
            throw new IllegalStateException("the batch runtime's records could not be removed", e);
        }
    }
}
