// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import java.util.Arrays;

/**
 * Where a task stands, by Harbor's names.
 *
 * <pre>
 *             create
 *               │
 *               ▼        take
 *   ┌──────► Pending ────────────► Running ──── finish ──► Success
 *   │           │                   │ │ │
 *   │           │ stop              │ │ └────── fail ────► Error      (no attempt is left)
 *   │           └────► Stopped ◄────┘ │
 *   │                    stop, at the next checkpoint
 *   │                                 │
 *   └──── retry (attempts are left: later) · release (the node leaves) · lose (the lease ran out)
 * </pre>
 *
 * Success, Error and Stopped are final. A task that waits for its next attempt is Pending with a due time ahead.
 */
public enum TaskStatus {
    PENDING("Pending", false),
    RUNNING("Running", false),
    SUCCESS("Success", true),
    ERROR("Error", true),
    STOPPED("Stopped", true);

    /** What may happen to a task, from which status and into which. */
    enum Event {
        TAKE(PENDING, RUNNING),
        STOP_WAITING(PENDING, STOPPED),
        FINISH(RUNNING, SUCCESS),
        FAIL(RUNNING, ERROR),
        STOP(RUNNING, STOPPED),
        RETRY(RUNNING, PENDING),
        RELEASE(RUNNING, PENDING),
        LOSE(RUNNING, PENDING);

        private final TaskStatus from;
        private final TaskStatus to;

        Event(TaskStatus from, TaskStatus to) {
            this.from = from;
            this.to = to;
        }

        TaskStatus from() {
            return from;
        }

        TaskStatus to() {
            return to;
        }
    }

    private final String wireName;
    private final boolean end;

    TaskStatus(String wireName, boolean end) {
        this.wireName = wireName;
        this.end = end;
    }

    /** Harbor's name, which also stands in the database. */
    public String wireName() {
        return wireName;
    }

    /** Whether the task never changes again. */
    public boolean isFinal() {
        return end;
    }

    /** @throws IllegalArgumentException if no status has that name */
    public static TaskStatus of(String wireName) {
        return Arrays.stream(values()).filter(status -> status.wireName.equals(wireName)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no status of a task: " + wireName));
    }
}
