// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.harboree.job.TaskInterruptedException.Reason;
import org.harboree.transaction.UnitOfWork;

/**
 * One run of a task on this node. Its body calls it from its thread (or its threads); the engine's clock keeps its
 * lease, tells it to stop and writes its log.
 */
final class TaskRun implements TaskContext {
    private static final int STATE_LENGTH = 1 << 20;

    private final TaskLease lease;
    private final TaskLeaseDao leases;
    private final UnitOfWork work;
    private final TaskLogBuffer log;
    private final AtomicBoolean begun = new AtomicBoolean();

    private volatile Optional<String> state;
    private volatile boolean stop;
    private volatile boolean leaving;
    private volatile boolean lost;
    private volatile long leaseEndNanos;
    private volatile Task.Progress progress;
    private volatile Task.Progress written;
    private volatile boolean lastCheckpoint;
    /** Held while a checkpoint holds the task's row, on which the clock must not wait. */
    private final ReentrantLock row = new ReentrantLock();

    TaskRun(TaskLease lease, TaskLeaseDao leases, TaskLogDao logs, UnitOfWork work) {
        this.lease = lease;
        this.leases = leases;
        this.work = work;
        log = new TaskLogBuffer(lease, logs, work);
        state = lease.state();
        progress = lease.progress();
        written = progress;
        extended(System.nanoTime());
    }

    TaskLease lease() {
        return lease;
    }

    /** Whether it is the caller's to begin, or to give back unbegun. */
    boolean begin() {
        return begun.compareAndSet(false, true);
    }

    void stop() {
        stop = true;
    }

    void leave() {
        leaving = true;
    }

    void lose() {
        lost = true;
    }

    /** The lease was extended by a statement that was sent at that time. */
    void extended(long nanos) {
        leaseEndNanos = nanos + TaskLeaseDao.LEASE_SECONDS * 1_000_000_000L;
    }

    /** Why it has to end soon. A lease that nobody could extend is lost, by this node's own clock. */
    Optional<Reason> interruption() {
        if (lost || System.nanoTime() - leaseEndNanos > 0) {
            return Optional.of(Reason.LEASE_LOST);
        } else if (stop) {
            return Optional.of(Reason.STOP);
        }
        return leaving ? Optional.of(Reason.NODE_LEAVES) : Optional.empty();
    }

    /** Writes what the body has said since the last time; not now if a checkpoint is just being written. */
    void publish() {
        if (!row.tryLock()) {
            return;
        }
        try {
            log.flush();
            Task.Progress now = progress;
            if (!now.equals(written)) {
                work.run(() -> leases.progress(lease.taskId(), lease.fence(), now));
                written = now;
            }
        } finally {
            row.unlock();
        }
    }

    void error(String line) {
        log.add(TaskLogLine.error(line));
    }

    @Override
    public long taskId() {
        return lease.taskId();
    }

    @Override
    public long executionId() {
        return lease.executionId();
    }

    @Override
    public String attributes() {
        return lease.attributes();
    }

    @Override
    public Optional<String> state() {
        return state;
    }

    @Override
    public int runCount() {
        return lease.runCount();
    }

    @Override
    public long fence() {
        return lease.fence();
    }

    /** A node that leaves lets one more checkpoint pass, so that what was just done is not done again elsewhere. */
    @Override
    public void checkpoint(String newState, Runnable unit) {
        if (newState.length() > STATE_LENGTH) {
            throw new IllegalArgumentException("a checkpoint of " + newState.length() + " characters");
        }
        if (lastCheckpoint) {
            throw new TaskInterruptedException(Reason.NODE_LEAVES);
        }
        row.lock();
        try {
            write(newState, unit);
        } finally {
            row.unlock();
        }
    }

    private void write(String newState, Runnable unit) {
        Task.Progress done = progress;
        long sent = System.nanoTime();
        work.run(() -> {
            if (!leases.checkpoint(taskId(), fence(), newState, done)) {
                throw new TaskInterruptedException(reason());
            }
            unit.run();
        });
        extended(sent);
        state = Optional.of(newState);
        written = done;
        lastCheckpoint = leaving;
    }

    private Reason reason() {
        return leases.interruptions(Map.of(taskId(), fence())).getOrDefault(taskId(), Reason.LEASE_LOST);
    }

    @Override
    public boolean stopRequested() {
        return interruption().isPresent();
    }

    @Override
    public void requireNoStop() {
        interruption().ifPresent(reason -> {
            throw new TaskInterruptedException(reason);
        });
    }

    @Override
    public void progress(long done, long total) {
        progress = new Task.Progress(done, total);
    }

    @Override
    public void info(String line) {
        log.add(TaskLogLine.info(line));
    }

    @Override
    public void warn(String line) {
        log.add(TaskLogLine.warn(line));
    }
}
