// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.harboree.job.TaskInterruptedException.Reason;
import org.harboree.transaction.UnitOfWork;

/**
 * This node's part in the work: takes tasks, keeps their leases while they run, writes how they end, frees those of
 * nodes that are no more.
 *
 * <p>It has neither clock nor threads: who has them calls {@link #beat} each {@value #BEAT_SECONDS} seconds,
 * {@link #take} each second and whenever {@link TasksWaiting} is fired, {@link #run} for each task that was taken, on a
 * thread of its own, and {@link #leave} in the end. An idle node sends one statement for each of these calls.
 */
@ApplicationScoped
public class JobEngine {
    /** A lease outlives three beats that fail. */
    public static final int BEAT_SECONDS = 5;
    /** How many tasks of all kinds a node runs at once. */
    public static final int CONCURRENCY = 32;

    private static final long PAUSE_NANOS = 20_000_000;

    private final String node = UUID.randomUUID().toString();
    private final Map<Long, TaskRun> runs = new ConcurrentHashMap<>();
    private volatile boolean leaving;

    @Inject
    private JobKinds kinds;

    @Inject
    private TaskLeaseDao leases;

    @Inject
    private TaskLogDao logs;

    @Inject
    private JobNodeDao nodes;

    @Inject
    private TaskEnds ends;

    @Inject
    private Scheduler scheduler;

    @Inject
    private UnitOfWork work;

    @Inject
    private Event<TasksWaiting> waiting;

    /** This start of this server, as in {@link JobNode#id}. */
    public String node() {
        return node;
    }

    /** Says that this node lives, extends the leases of what it runs, and hears what has to stop. */
    public void beat() {
        if (leaving && runs.isEmpty()) {
            return;
        }
        work.run(() -> nodes.beat(node, host(), ProcessHandle.current().pid(), CONCURRENCY));
        Map<Long, Long> fences = runs.values().stream().map(TaskRun::lease)
                .collect(Collectors.toMap(TaskLease::taskId, TaskLease::fence));
        if (fences.isEmpty()) {
            return;
        }
        long sent = System.nanoTime();
        Map<Long, Reason> interruptions = work.call(() -> {
            leases.extend(fences);
            return leases.interruptions(fences);
        });
        fences.forEach((id, fence) -> {
            TaskRun run = runs.get(id);
            if (run != null && run.fence() == fence) {
                heard(run, interruptions.get(id), sent);
            }
        });
    }

    private static void heard(TaskRun run, Reason interruption, long sent) {
        if (interruption == Reason.LEASE_LOST) {
            run.lose();
            return;
        }
        run.extended(sent);
        if (interruption == Reason.STOP) {
            run.stop();
        }
    }

    /**
     * One look at what there is to do: frees tasks whose lease ran out, starts what is due by schedule, writes the logs
     * of what runs, and takes tasks while there is room for them. The first thing that fails ends it, for the next call
     * to go on.
     *
     * @return what to {@link #run} now
     */
    public synchronized List<TakenTask> take() {
        runs.values().forEach(TaskRun::publish);
        if (leaving) {
            return List.of();
        }
        TaskLeaseDao.Open open = leases.open(roomy());
        if (open.expiredLease()) {
            recover();
        }
        if (open.dueSchedule()) {
            scheduler.fire();
        }
        Set<String> wanted = open.expiredLease() || open.dueSchedule() ? leases.open(roomy()).kinds() : open.kinds();
        List<TakenTask> taken = new ArrayList<>();
        for (String kind : wanted) {
            taken.addAll(take(kind));
        }
        return taken;
    }

    /** The kinds that this node has room for. */
    private List<String> roomy() {
        return kinds.all().stream().filter(kind -> room(kind) > 0).map(JobKind::name).toList();
    }

    private int room(JobKind kind) {
        long same = runs.values().stream().filter(run -> run.lease().kind().equals(kind.name())).count();
        return (int) Math.min(kind.concurrency() - same, CONCURRENCY - runs.size());
    }

    private List<TakenTask> take(String kind) {
        int room = kinds.find(kind).map(this::room).orElse(0);
        if (room <= 0) {
            return List.of();
        }
        List<TakenTask> taken = new ArrayList<>();
        for (TaskLease lease : work.call(() -> leases.take(node, kind, room))) {
            runs.put(lease.taskId(), new TaskRun(lease, leases, logs, work));
            taken.add(new TakenTask(lease.taskId(), lease.fence()));
        }
        return taken;
    }

    /** Frees the tasks of nodes that are no more. @return how many */
    public int recover() {
        return ends.recover();
    }

    /** Notes which of the batch runtime's executions runs the task. */
    public void startedAs(TakenTask task, long batchExecutionId) {
        work.run(() -> leases.startedAs(task.taskId(), task.fence(), batchExecutionId));
    }

    /** Whether tasks run here. */
    public boolean isBusy() {
        return !runs.isEmpty();
    }

    /** Asks this run of the task to end at its next checkpoint, for another run to go on. */
    public void interrupt(TakenTask task) {
        TaskRun run = runs.get(task.taskId());
        if (run != null && run.fence() == task.fence()) {
            run.leave();
        }
    }

    /** Gives a task back that could not be begun: it is another node's, or this one's a little later. */
    public void giveBack(TakenTask task) {
        TaskRun run = runs.get(task.taskId());
        if (run != null && run.fence() == task.fence() && run.begin()) {
            giveBack(run);
        }
    }

    /** Runs the task to its end, on the caller's thread; nothing happens if it is not this node's to run. */
    public void run(TakenTask task) {
        TaskRun run = runs.get(task.taskId());
        if (run == null || run.fence() != task.fence() || !run.begin()) {
            return;
        }
        try {
            execute(run);
        } finally {
            runs.remove(task.taskId(), run);
        }
        // There is room for another one.
        waiting.fire(new TasksWaiting());
    }

    private void execute(TaskRun run) {
        JobKind kind = kinds.find(run.lease().kind()).orElseThrow();
        try {
            run.requireNoStop();
            kind.run(run);
            end(run, () -> ends.finished(run.lease()));
        } catch (TaskInterruptedException e) {
            interrupted(run, e.reason());
        } catch (TaskFailedException e) {
            failed(run, e, 1);
        } catch (Exception | Error e) {
            // A body that was told to end may well fail while it does.
            run.interruption().ifPresentOrElse(reason -> interrupted(run, reason),
                    () -> failed(run, e, kind.attempts()));
        }
    }

    private void interrupted(TaskRun run, Reason reason) {
        switch (reason) {
            case STOP -> {
                run.info("stopped");
                end(run, () -> ends.stopped(run.lease()));
            }
            case NODE_LEAVES -> {
                run.info("this server goes down: the task goes on elsewhere, or here when it is back");
                end(run, () -> ends.released(run.lease()));
            }
            case LEASE_LOST -> {
                // Whatever is written now would be too late.
            }
        }
    }

    private void failed(TaskRun run, Throwable failure, int attempts) {
        String reason = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        run.error(reason);
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            run.error("caused by " + cause);
        }
        JobLog.LOG.attemptFailed(run.taskId(), run.lease().kind(), run.runCount(), attempts, reason, failure);
        end(run, () -> ends.failed(run.lease(), reason, attempts));
    }

    /** The log first: a task that has ended has said all. If this fails the lease runs out, and the task is redone. */
    private void end(TaskRun run, Runnable write) {
        try {
            run.publish();
            write.run();
        } catch (RuntimeException e) {
            JobLog.LOG.endNotWritten(run.taskId(), run.lease().kind(), e);
        }
    }

    /**
     * Ends this node's part: takes nothing more, asks what runs to end at its next checkpoint, waits for it, and gives
     * back whatever is left, for other nodes to go on with.
     */
    public void leave(Duration patience) {
        leaving = true;
        runs.values().forEach(run -> {
            run.leave();
            if (run.begin()) {
                giveBack(run);
            }
        });
        long end = System.nanoTime() + patience.toNanos();
        while (!runs.isEmpty() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        runs.values().forEach(this::giveBack);
        work.run(() -> nodes.delete(node));
    }

    /** Its body may still be at work: what it writes from now on finds no row. */
    private void giveBack(TaskRun run) {
        interrupted(run, Reason.NODE_LEAVES);
        run.lose();
        runs.remove(run.taskId(), run);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
