// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** Messages of other registries, HARBOR003000 to HARBOR003099. A number is never used again. */
@MessageLogger(projectCode = "HARBOR", length = 6)
interface RemoteLog {
    RemoteLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), RemoteLog.class, "org.harboree.remote");

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 3000, value = "Registry %s is unhealthy: %s")
    void unhealthy(String registry, String why);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 3001, value = "Registry %s is healthy again.")
    void healthyAgain(String registry);
}
