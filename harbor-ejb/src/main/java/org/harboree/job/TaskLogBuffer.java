// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import org.harboree.transaction.UnitOfWork;

/**
 * The lines of a run on their way to {@code task_log}: they are written together, each second or whenever many have
 * come, so that talking costs the body nothing. A task keeps 4 Mi characters; what it says beyond is not kept.
 */
final class TaskLogBuffer {
    static final long KEPT = 4 << 20;

    private static final int BATCH = 64 << 10;

    private final TaskLease lease;
    private final TaskLogDao logs;
    private final UnitOfWork work;
    private final StringBuilder lines = new StringBuilder();
    /** Held while lines are written, so that batches keep their order. */
    private final Object writing = new Object();
    private long length = -1;

    TaskLogBuffer(TaskLease lease, TaskLogDao logs, UnitOfWork work) {
        this.lease = lease;
        this.logs = logs;
        this.work = work;
    }

    void add(String line) {
        boolean many;
        synchronized (lines) {
            many = lines.length() > BATCH;
            // The database is away: what does not fit goes, as beyond the limit.
            if (lines.length() <= KEPT) {
                lines.append(line);
            }
        }
        if (many) {
            flush();
        }
    }

    /** Writes what has come; keeps it for the next time if the database does not take it. */
    void flush() {
        synchronized (writing) {
            String batch;
            synchronized (lines) {
                batch = lines.toString();
                lines.setLength(0);
            }
            if (batch.isEmpty()) {
                return;
            }
            try {
                work.run(() -> write(batch));
            } catch (RuntimeException e) {
                JobLog.LOG.logNotWritten(lease.taskId(), e);
                synchronized (lines) {
                    lines.insert(0, batch);
                }
            }
        }
    }

    private void write(String batch) {
        long before = length < 0 ? logs.length(lease.taskId()) : length;
        if (before >= KEPT) {
            length = before;
            return;
        }
        String kept = before + batch.length() <= KEPT ? batch
                : batch.substring(0, batch.lastIndexOf('\n', (int) (KEPT - before)) + 1)
                        + TaskLogLine.warn("the log is full: what follows is not kept");
        logs.append(lease.taskId(), lease.fence(), kept);
        length = before + batch.length();
    }
}
