// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** Messages of the registry, HARBOR001000 to HARBOR001999. A number is never used again. */
@MessageLogger(projectCode = "HARBOR", length = 6)
interface RegistryLog {
    RegistryLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), RegistryLog.class, "org.harboree.registry");

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 1001, value = "The file of blob %s, generation %s, is missing. Push the blob again to repair it.")
    void blobFileMissing(String digest, String generation);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 1002, value = "The file of blob %s, generation %s, has the wrong size. Push the blob again to repair it.")
    void blobFileHasWrongSize(String digest, String generation);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 1007, value = "The file of blob %s, generation %s, has other content than its digest says.")
    void blobFileIsCorrupt(String digest, String generation);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 1003, value = "The staged file of upload %s could not be removed; the purge will.")
    void stagedFileLeft(String uploadId, @Cause Throwable cause);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 1008, value = "The staged file of upload %s is missing; the client has to begin it anew.")
    void stagedFileLost(String uploadId, @Cause Throwable cause);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 1004, value = "Pull counts of %d artifacts could not be written; they are kept and tried again.")
    void pullCountsNotWritten(int artifacts, @Cause Throwable cause);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 1005, value = "%d abandoned uploads were removed.")
    void uploadsPurged(int count);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 1006, value = "The file of blob %s, generation %s, that lost a race could not be removed.")
    void duplicateLeft(String digest, String generation, @Cause Throwable cause);
}
