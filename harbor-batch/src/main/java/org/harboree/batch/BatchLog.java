// SPDX-License-Identifier: Apache-2.0
package org.harboree.batch;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** Messages of the jobs' threads and clock, HARBOR002200 to HARBOR002299. A number is never used again. */
@MessageLogger(projectCode = "HARBOR", length = 6)
interface BatchLog {
    BatchLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), BatchLog.class, "org.harboree.batch");

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 2201, value = "Jobs: the %s failed; it is tried again, and not said again until it has worked.")
    void failing(String what, @Cause Throwable cause);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 2202, value = "Jobs: the %s works again.")
    void worksAgain(String what);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 2203, value = "Task %d could not be given to the batch runtime.")
    void notStarted(long task, @Cause Throwable cause);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 2204, value = "Jobs: this node is %s.")
    void node(String id);
}
