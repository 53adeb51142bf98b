// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** Messages of the console, HARBOR006000 to HARBOR006999. A number is never used again. */
@MessageLogger(projectCode = "HARBOR", length = 6)
interface ConsoleLog {
    ConsoleLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), ConsoleLog.class, "org.harboree.console");

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 6001, value = "The page failed: %s %s")
    void pageFailed(String method, String path, @Cause Throwable cause);
}
