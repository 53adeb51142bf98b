// SPDX-License-Identifier: Apache-2.0
package org.harboree.transaction;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** What the database's ground says in the log: numbers 100 to 119. */
@MessageLogger(projectCode = "HARBOR", length = 6)
interface DatabaseLog extends BasicLogger {
    DatabaseLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), DatabaseLog.class, "org.harboree.database");

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 100, value = "A transaction could not be rolled back; it ends at its time limit")
    void rollbackFailed(@Cause Throwable cause);

    @LogMessage(level = Logger.Level.FATAL)
    @Message(id = 101, value = "Harbor EE does not start on this database: %s")
    void unsafeDatabase(String reasons);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 102, value = "The database schema is at version %s, %d migrations applied now")
    void schema(String version, int applied);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 103, value = "Migration %s was interrupted at its last run and is run again")
    void interruptedMigration(String version);
}
