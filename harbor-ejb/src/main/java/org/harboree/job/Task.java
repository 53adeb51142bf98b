// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import java.time.Instant;
import java.util.Optional;

/**
 * One piece of work of an execution, as it was when it was read. Its life is drawn at {@link TaskStatus}.
 *
 * @param kind {@link JobKind#name()} of who does it
 * @param statusMessage the last error; empty where there was none
 * @param attributes a JSON object
 * @param progress what the work said of itself
 * @param runCount how often it was taken up
 * @param stopRequested whether it will stop at its next checkpoint
 * @param startTime when it was first taken up
 */
public record Task(long id, long executionId, String kind, TaskStatus status, String statusMessage, String attributes,
        Progress progress, int runCount, boolean stopRequested, Instant creationTime, Instant updateTime,
        Optional<Instant> startTime, Optional<Instant> endTime) {

    /** How far the work is, in units of its own; {@code total} is 0 while it is not known. */
    public record Progress(long done, long total) {
    }

    /** From a row. */
    Task(long id, long executionId, String kind, String status, String statusMessage, String attributes, long done,
            long total, int runCount, boolean stopRequested, Instant creationTime, Instant updateTime,
            Instant startTime, Instant endTime) {
        this(id, executionId, kind, TaskStatus.of(status), statusMessage, attributes, new Progress(done, total),
                runCount, stopRequested, creationTime, updateTime, Optional.ofNullable(startTime),
                Optional.ofNullable(endTime));
    }
}
