// SPDX-License-Identifier: Apache-2.0
package org.harboree.outbox;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** Messages of the outbox, HARBOR002100 to HARBOR002199. A number is never used again. */
@MessageLogger(projectCode = "HARBOR", length = 6)
interface OutboxLog {
    OutboxLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), OutboxLog.class, "org.harboree.outbox");

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 2101, value = "%s did not take event %d (%s of %s), attempt %d; it is tried again.")
    void notTaken(String consumer, long event, String topic, String key, int attempt, @Cause Throwable cause);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 2102, value = "Event %d (%s of %s) is put aside: %s did not take it in %d attempts.")
    void dead(long event, String topic, String key, String consumer, int attempts, @Cause Throwable cause);
}
