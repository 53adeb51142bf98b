// SPDX-License-Identifier: Apache-2.0
package org.harboree.node;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** What nodes say of each other in the log: numbers 120 to 139. */
@MessageLogger(projectCode = "HARBOR", length = 6)
interface NodeLog extends BasicLogger {
    NodeLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), NodeLog.class, "org.harboree.node");

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 120, value = "Another node works on this database; this one begins in %d s")
    void joining(int seconds);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 121, value = "%d other nodes work on this database: pulls ask it now")
    void accompanied(int others);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 122, value = "This node is alone on its database: warm pulls are answered from memory")
    void alone();

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 123, value = "The database could not be asked for other nodes; until it can be, pulls ask it for all")
    void lookFailed(@Cause Throwable cause);
}
