// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** Messages of the REST API, HARBOR005100 to HARBOR005199. A number is never used again. */
@MessageLogger(projectCode = "HARBOR", length = 6)
interface ApiLog {
    ApiLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), ApiLog.class, "org.harboree.api");

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 5100, value = "The health check found the component %s unusable")
    void unhealthy(String component, @Cause Throwable cause);
}
