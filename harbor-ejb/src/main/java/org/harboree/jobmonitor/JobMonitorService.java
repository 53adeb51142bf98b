// SPDX-License-Identifier: Apache-2.0
package org.harboree.jobmonitor;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.harboree.access.AccessGuard;
import org.harboree.access.Caller;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.job.Executions;
import org.harboree.job.JobNode;
import org.harboree.job.JobQueue;
import org.harboree.job.JobQueues;
import org.harboree.job.RunningTask;
import org.harboree.job.Schedule;
import org.harboree.job.Schedules;
import org.harboree.listing.Page;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Sort;

/**
 * The jobs of all kinds, for system administrators: others get UNAUTHORIZED or FORBIDDEN from each method but
 * {@link #schedulesPaused}.
 */
@ApplicationScoped
public class JobMonitorService {
    private static final String ALL = "ALL";

    @Inject
    private AccessGuard guard;

    @Inject
    private JobQueues queues;

    @Inject
    private Executions executions;

    @Inject
    private Schedules schedules;

    /** The servers that work now. */
    public List<JobNode> nodes(Caller caller) {
        guard.requireSysadmin(caller);
        return queues.nodes();
    }

    /** What runs now, on all of them. */
    public List<RunningTask> running(Caller caller) {
        guard.requireSysadmin(caller);
        return queues.running();
    }

    /** All queues, also empty ones, and {@link JobQueues#SCHEDULER}. */
    public List<JobQueue> queues(Caller caller) {
        guard.requireSysadmin(caller);
        return queues.list();
    }

    /**
     * Keeps the tasks of that queue waiting.
     *
     * @param name of a queue, in any case, or {@code all}
     * @throws HarborException NOT_FOUND if there is no such queue
     */
    public void pause(Caller caller, String name) {
        named(caller, name).forEach(queues::pause);
    }

    /** Lets them go on. Parameters and errors as {@link #pause}. */
    public void resume(Caller caller, String name) {
        named(caller, name).forEach(queues::resume);
    }

    /** Ends the tasks that wait there. Parameters and errors as {@link #pause}. */
    public void stopWaiting(Caller caller, String name) {
        named(caller, name).forEach(queues::stopWaiting);
    }

    private Set<String> named(Caller caller, String name) {
        guard.requireSysadmin(caller);
        Set<String> names = queues.names();
        String wanted = name.toUpperCase(Locale.ROOT);
        if (wanted.equals(ALL)) {
            return names;
        }
        if (!names.contains(wanted)) {
            throw new HarborException(ErrorCode.NOT_FOUND, "there is no queue " + name);
        }
        return Set.of(wanted);
    }

    /** Stops a task at its next checkpoint; one that has ended or that there is not is left, as in Harbor. */
    public void stop(Caller caller, long taskId) {
        guard.requireSysadmin(caller);
        executions.stopTask(taskId);
    }

    /** Stops all that runs, each at its next checkpoint. */
    public void stopRunning(Caller caller) {
        guard.requireSysadmin(caller);
        queues.running().forEach(task -> executions.stopTask(task.id()));
    }

    /** What the task has said so far. @throws HarborException NOT_FOUND */
    public String log(Caller caller, long taskId) {
        guard.requireSysadmin(caller);
        if (executions.findTask(taskId).isEmpty()) {
            throw new HarborException(ErrorCode.NOT_FOUND, "job " + taskId + " not found");
        }
        return executions.log(taskId);
    }

    /** All schedules, the oldest first. */
    public Page<Schedule> schedules(Caller caller, PageRequest page) {
        guard.requireSysadmin(caller);
        return schedules.list(Sort.by(), page);
    }

    /** Whether nothing falls due at the moment; everybody who is logged in may know. */
    public boolean schedulesPaused(Caller caller) {
        guard.requireLogin(caller);
        return queues.isPaused(JobQueues.SCHEDULER);
    }
}
