// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import java.util.Map;

/** How many tasks of an execution stand where. */
public record TaskCounts(long pending, long running, long succeeded, long failed, long stopped) {

    /** No task. */
    public static TaskCounts none() {
        return of(Map.of());
    }

    static TaskCounts of(Map<TaskStatus, Long> counts) {
        return new TaskCounts(counts.getOrDefault(TaskStatus.PENDING, 0L), counts.getOrDefault(TaskStatus.RUNNING, 0L),
                counts.getOrDefault(TaskStatus.SUCCESS, 0L), counts.getOrDefault(TaskStatus.ERROR, 0L),
                counts.getOrDefault(TaskStatus.STOPPED, 0L));
    }

    /** Tasks that have not ended. */
    public long open() {
        return pending + running;
    }

    public long total() {
        return pending + running + succeeded + failed + stopped;
    }
}
