// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.harboree.job.TaskStatus.Event;
import org.harboree.transaction.UnitOfWork;

/**
 * Decides what becomes of a task whose run has ended, and writes it: one locked row, one event of {@link TaskStatus}.
 * Somebody's wish to stop it goes before another attempt.
 */
@ApplicationScoped
class TaskEnds {
    /** So many servers may vanish under a task without any progress: it is likely to be what they die of. */
    static final int MOST_LOSSES = 5;

    private static final int BATCH = 50;
    private static final int MESSAGE_LENGTH = 2000;

    @Inject
    private TaskLeaseDao leases;

    @Inject
    private ExecutionDao executions;

    @Inject
    private TaskLogDao logs;

    @Inject
    private UnitOfWork work;

    /** What decides, on a locked row. */
    private interface Decision {
        void on(HeldTask task);
    }

    void finished(TaskLease run) {
        end(run, task -> leave(Event.FINISH, task, ""));
    }

    void stopped(TaskLease run) {
        end(run, task -> leave(Event.STOP, task, ""));
    }

    /** The node gives it up, for any other to take at once. */
    void released(TaskLease run) {
        end(run, task -> wait(Event.RELEASE, task, "", 0));
    }

    /** @param attempts how many attempts the task may have in all */
    void failed(TaskLease run, String message, int attempts) {
        end(run, task -> {
            HeldTask failed = new HeldTask(task.taskId(), task.executionId(), task.fence(), task.failures() + 1,
                    task.losses(), task.stopRequested());
            if (failed.failures() >= attempts) {
                leave(Event.FAIL, failed, message);
            } else {
                wait(Event.RETRY, failed, message, Backoff.millisAfter(failed.failures()));
            }
        });
    }

    /** Frees tasks whose lease ran out. @return how many */
    int recover() {
        int recovered = 0;
        List<HeldTask> batch;
        do {
            batch = work.call(() -> {
                List<HeldTask> expired = leases.lockExpired(BATCH);
                expired.forEach(this::lost);
                return expired;
            });
            batch.forEach(task -> JobLog.LOG.taskLost(task.taskId()));
            recovered += batch.size();
        } while (batch.size() == BATCH);
        return recovered;
    }

    private void lost(HeldTask task) {
        HeldTask lost = new HeldTask(task.taskId(), task.executionId(), task.fence(), task.failures(),
                task.losses() + 1, task.stopRequested());
        String line = "the server that ran this task has vanished";
        if (lost.losses() >= MOST_LOSSES) {
            line += ", for the " + lost.losses() + "th time since the last checkpoint";
            logs.append(task.taskId(), task.fence(), TaskLogLine.error(line));
            leave(Event.FAIL, lost, line);
        } else {
            logs.append(task.taskId(), task.fence(), TaskLogLine.warn(line + "; it goes on from its last checkpoint"));
            wait(Event.LOSE, lost, "", 0);
        }
    }

    /** Nothing is written if the task is not the run's any more. */
    private void end(TaskLease run, Decision decision) {
        work.run(() -> leases.lock(run.taskId(), run.fence()).ifPresent(decision::on));
    }

    private void wait(Event event, HeldTask task, String message, long delayMillis) {
        if (task.stopRequested()) {
            leave(Event.STOP, task, message);
        } else {
            leases.move(event, task, cut(message), delayMillis);
        }
    }

    private void leave(Event event, HeldTask task, String message) {
        executions.lock(task.executionId());
        leases.move(event, task, cut(message), 0);
        executions.refresh(task.executionId(), cut(message));
    }

    private static String cut(String message) {
        return message.length() > MESSAGE_LENGTH ? message.substring(0, MESSAGE_LENGTH) : message;
    }
}
