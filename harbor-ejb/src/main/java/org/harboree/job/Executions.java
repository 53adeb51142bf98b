// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.harboree.listing.Page;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query;
import org.harboree.listing.Sort;
import org.harboree.transaction.ListQuery;
import org.harboree.transaction.UnitOfWork;

/** Starts, shows and stops executions. Who may is asked by the services above. */
@ApplicationScoped
public class Executions {
    /** The keys that a list of executions can be filtered and sorted by. */
    public static final Map<String, Query.Kind> EXECUTION_KEYS = ListQuery.kinds(ExecutionDao.COLUMNS);
    /** The keys that a list of tasks can be filtered and sorted by. */
    public static final Map<String, Query.Kind> TASK_KEYS = ListQuery.kinds(TaskDao.COLUMNS);

    private static final int BATCH = 100;

    @Inject
    private ExecutionDao executions;

    @Inject
    private TaskDao tasks;

    @Inject
    private TaskLogDao logs;

    @Inject
    private UnitOfWork work;

    @Inject
    private Event<TasksWaiting> waiting;

    /**
     * Makes an execution with its tasks, in the caller's transaction if there is one; they begin once it has committed.
     * An execution without tasks has succeeded.
     *
     * @return its id
     */
    public long create(NewExecution execution) {
        return work.call(() -> {
            boolean idle = execution.tasks().isEmpty();
            long id = executions.insert(execution, idle ? ExecutionStatus.SUCCESS : ExecutionStatus.RUNNING);
            insert(id, execution.tasks());
            return id;
        });
    }

    /**
     * Makes an execution that failed before it had a task, in the caller's transaction if there is one.
     *
     * @param execution without tasks
     * @param message why
     * @return its id
     */
    public long createFailed(NewExecution execution, String message) {
        if (!execution.tasks().isEmpty()) {
            throw new IllegalArgumentException("what failed at once has no tasks");
        }
        return work.call(() -> {
            long id = executions.insert(execution, ExecutionStatus.ERROR);
            executions.explain(id, message);
            return id;
        });
    }

    /** Adds tasks to an execution from within one of its running tasks, in {@link TaskContext#checkpoint}. */
    public void add(TaskContext task, List<NewTask> more) {
        insert(task.executionId(), more);
    }

    /** What the last checkpoints of the other tasks of the execution saved that are of that kind and have not ended. */
    public List<String> statesOfOthers(TaskContext task, String kind) {
        return work.call(() -> tasks.checkpointsOfOpen(task.executionId(), kind, task.taskId()));
    }

    private void insert(long executionId, List<NewTask> more) {
        if (!more.isEmpty()) {
            tasks.insert(executionId, more);
            wake();
        }
    }

    public Optional<Execution> find(long id) {
        return executions.find(id);
    }

    public Optional<Task> findTask(long id) {
        return tasks.find(id);
    }

    /** @param sort by keys of {@link #EXECUTION_KEYS}; the newest goes before where it leaves two alike */
    public Page<Execution> list(ExecutionFilter filter, Sort sort, PageRequest page) {
        return executions.list(filter, sort, page);
    }

    /** @param sort by keys of {@link #TASK_KEYS}; the oldest goes before where it leaves two alike */
    public Page<Task> tasks(TaskFilter filter, Sort sort, PageRequest page) {
        return tasks.list(filter, sort, page);
    }

    /** The newest execution of each vendor; one that has none is missing. */
    public Map<Long, Execution> newest(String vendorType, Collection<Long> vendorIds) {
        return vendorIds.isEmpty() ? Map.of() : executions.newest(vendorType, vendorIds);
    }

    /** Another word whenever an execution comes, changes or goes. @param vendorId empty for all of the type */
    public String version(String vendorType, OptionalLong vendorId) {
        return executions.version(vendorType, vendorId);
    }

    /** Another word whenever a task of the execution comes, changes, or gets on. */
    public String version(long executionId) {
        return tasks.version(executionId);
    }

    /** How many tasks stand where; every id of the question is in the answer. */
    public Map<Long, TaskCounts> counts(Collection<Long> executionIds) {
        Map<Long, TaskCounts> counts = executionIds.isEmpty() ? new HashMap<>()
                : executions.counts(executionIds);
        executionIds.forEach(id -> counts.putIfAbsent(id, TaskCounts.none()));
        return counts;
    }

    /** As {@link #counts(Collection)}, of tasks of one kind only. */
    public Map<Long, TaskCounts> counts(Collection<Long> executionIds, String kind) {
        Map<Long, TaskCounts> counts = executionIds.isEmpty() ? new HashMap<>()
                : executions.counts(executionIds, Optional.of(kind));
        executionIds.forEach(id -> counts.putIfAbsent(id, TaskCounts.none()));
        return counts;
    }

    /** Another number whenever the task has said more. */
    public long logVersion(long taskId) {
        return logs.version(taskId);
    }

    /** The last lines of a log, at most so many, without their line feeds. */
    public List<String> lastLines(long taskId, int most) {
        List<String> lines = String.join("", logs.readLast(taskId, most)).lines().toList();
        return lines.subList(Math.max(0, lines.size() - most), lines.size());
    }

    /** Whether an execution of that vendor has not ended. */
    public boolean isRunning(String vendorType, long vendorId) {
        return executions.existsRunning(vendorType, vendorId);
    }

    /** What the task has said so far: lines that end in a line feed, at most some MiB; empty for an unknown task. */
    public String log(long taskId) {
        return String.join("", logs.read(taskId));
    }

    /** Tasks that wait are Stopped at once, those that run stop at their next checkpoint; ended ones stay as they are. */
    public void stop(long executionId) {
        work.run(() -> {
            if (tasks.lockOpen(executionId)) {
                executions.lock(executionId);
                tasks.requestStop(executionId);
                executions.refresh(executionId, "");
                wake();
            }
        });
    }

    /** As {@link #stop}, of one task. */
    public void stopTask(long taskId) {
        work.run(() -> tasks.find(taskId).ifPresent(task -> {
            if (tasks.lockOpenTask(taskId)) {
                executions.lock(task.executionId());
                tasks.requestStopOf(taskId);
                executions.refresh(task.executionId(), "");
                wake();
            }
        }));
    }

    /**
     * Deletes all executions of a vendor that is no more, with their tasks and logs, in the caller's transaction if
     * there is one. Those that still run stay, so {@link #isRunning} is to be asked before.
     */
    public void deleteAll(String vendorType, long vendorId) {
        work.run(() -> {
            int deleted;
            do {
                deleted = executions.deleteEnded(vendorType, vendorId, 0, BATCH);
            } while (deleted == BATCH);
        });
    }

    private void wake() {
        work.afterCommit(() -> waiting.fire(new TasksWaiting()));
    }
}
