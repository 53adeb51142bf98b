// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

/** The task cannot succeed, however often it is tried: it ends as Error now. */
public class TaskFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message for the task's status and its log: what was tried and what was met */
    public TaskFailedException(String message) {
        super(message);
    }

    /** @param message as above */
    public TaskFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
