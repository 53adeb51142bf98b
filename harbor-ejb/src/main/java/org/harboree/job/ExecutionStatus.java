// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import java.util.Arrays;

/** Where an execution stands: it follows from its tasks. */
public enum ExecutionStatus {
    RUNNING("Running"),
    SUCCESS("Success"),
    ERROR("Error"),
    STOPPED("Stopped");

    private final String wireName;

    ExecutionStatus(String wireName) {
        this.wireName = wireName;
    }

    /** Harbor's name, which also stands in the database. */
    public String wireName() {
        return wireName;
    }

    /** Whether all its tasks have ended. */
    public boolean isFinal() {
        return this != RUNNING;
    }

    /**
     * Running while a task is not at its end; then Error before Stopped before Success. An execution without tasks had
     * nothing to do, which is a success.
     */
    public static ExecutionStatus of(TaskCounts tasks) {
        if (tasks.open() > 0) {
            return RUNNING;
        } else if (tasks.failed() > 0) {
            return ERROR;
        }
        return tasks.stopped() > 0 ? STOPPED : SUCCESS;
    }

    /** @throws IllegalArgumentException if no status has that name */
    public static ExecutionStatus of(String wireName) {
        return Arrays.stream(values()).filter(status -> status.wireName.equals(wireName)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no status of an execution: " + wireName));
    }
}
