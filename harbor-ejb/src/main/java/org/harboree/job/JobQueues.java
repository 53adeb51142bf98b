// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.harboree.transaction.UnitOfWork;

/**
 * What waits and what runs, on all nodes, one queue for each kind. A paused queue takes tasks up and gives none out;
 * what runs goes on. Who may is asked by the services above.
 */
@ApplicationScoped
public class JobQueues {
    /** The name under which all schedules are paused together: while it is, nothing falls due. */
    public static final String SCHEDULER = "SCHEDULER";

    private static final int BATCH = 500;

    @Inject
    private JobKinds kinds;

    @Inject
    private JobQueueDao queues;

    @Inject
    private JobNodeDao nodes;

    @Inject
    private TaskDao tasks;

    @Inject
    private ExecutionDao executions;

    @Inject
    private UnitOfWork work;

    @Inject
    private Event<TasksWaiting> waiting;

    /** The names of all queues, in their order. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>(Set.of(SCHEDULER));
        kinds.all().forEach(kind -> names.add(kind.name()));
        return names;
    }

    /** All queues, by name, also empty ones. */
    public List<JobQueue> list() {
        Map<String, JobQueueDao.Waiting> counts = queues.waiting();
        Set<String> paused = queues.paused();
        return names().stream().map(name -> {
            JobQueueDao.Waiting count = counts.getOrDefault(name, new JobQueueDao.Waiting(0, 0));
            return new JobQueue(name, count.count(), count.latencySeconds(), paused.contains(name));
        }).toList();
    }

    public boolean isPaused(String name) {
        return queues.paused().contains(name);
    }

    public void pause(String name) {
        work.run(() -> queues.pause(name));
    }

    public void resume(String name) {
        work.run(() -> {
            queues.resume(name);
            work.afterCommit(() -> waiting.fire(new TasksWaiting()));
        });
    }

    /** Ends all tasks of the queue that wait; those that run go on. */
    public void stopWaiting(String name) {
        int stopped;
        do {
            stopped = work.call(() -> {
                Map<Long, Long> executionsByTask = queues.lockWaiting(name, BATCH);
                new TreeSet<>(executionsByTask.values()).forEach(executions::lock);
                executionsByTask.keySet().stream().sorted().forEach(tasks::requestStopOf);
                new TreeSet<>(executionsByTask.values()).forEach(execution -> executions.refresh(execution, ""));
                return executionsByTask.size();
            });
        } while (stopped == BATCH);
    }

    /** The servers that work now. */
    public List<JobNode> nodes() {
        return nodes.alive();
    }

    /** What runs now, the longest first. */
    public List<RunningTask> running() {
        return queues.running();
    }
}
