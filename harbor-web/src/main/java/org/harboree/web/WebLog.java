// SPDX-License-Identifier: Apache-2.0
package org.harboree.web;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** Messages of the HTTP layer, HARBOR005000 to HARBOR005999. A number is never used again. */
@MessageLogger(projectCode = "HARBOR", length = 6)
interface WebLog {
    WebLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), WebLog.class, "org.harboree.web");

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 5001, value = "%s %s failed")
    void requestFailed(String method, String path, @Cause Throwable cause);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 5002, value = "The storage failed")
    void storageFailed(@Cause Throwable cause);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 5003, value = "The storage is full")
    void storageFull(@Cause Throwable cause);
}
