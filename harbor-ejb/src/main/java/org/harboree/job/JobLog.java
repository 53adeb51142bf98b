// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** Messages of the job engine, HARBOR002000 to HARBOR002099. A number is never used again. */
@MessageLogger(projectCode = "HARBOR", length = 6)
interface JobLog {
    JobLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), JobLog.class, "org.harboree.job");

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 2001, value = "Task %d (%s) failed, attempt %d of %d: %s")
    void attemptFailed(long task, String kind, int attempt, int attempts, String reason, @Cause Throwable cause);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 2002, value = "The end of task %d (%s) could not be written; it is done again from its last checkpoint.")
    void endNotWritten(long task, String kind, @Cause Throwable cause);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 2003, value = "Task %d lost the server that ran it.")
    void taskLost(long task);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 2004, value = "What is due by schedule %d (%s %d) could not be started; it is tried at its next time.")
    void dueFailed(long schedule, String vendorType, long vendorId, @Cause Throwable cause);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 2005, value = "The log of task %d could not be written; it is tried again.")
    void logNotWritten(long task, @Cause Throwable cause);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 2006, value = "%d old executions were removed.")
    void swept(int executions);
}
