// SPDX-License-Identifier: Apache-2.0
package org.harboree.batch;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceUnit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.harboree.job.JobEngine;
import org.harboree.job.Scheduler;
import org.harboree.job.TakenTask;
import org.harboree.job.TasksWaiting;
import org.harboree.outbox.OutboxDispatcher;
import org.harboree.outbox.OutboxFilled;

/**
 * Drives the job engine and the outbox, on every node: by the clock, and at once when something on this node asks for
 * it.
 *
 * <p>The timers only ask; the duties run on threads of the server's executor, so that a slow one never delays the
 * beat. The reference to the persistence unit keeps it there from before the first duty until after the last one: this
 * bean is in another module of the EAR than the unit.
 */
@PersistenceUnit(name = "persistence/harbor", unitName = "../harbor-ejb.jar#harbor")
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class JobClock {
    private static final int LOOK_SECONDS = 1;
    private static final int OUTBOX_SECONDS = 5;
    /** How long a stop of the server waits for tasks to reach their next checkpoint. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Inject
    private JobEngine engine;

    @Inject
    private Scheduler scheduler;

    @Inject
    private OutboxDispatcher outbox;

    @Inject
    private BatchJobs jobs;

    @Inject
    private BatchRecords records;

    @Resource
    private ManagedExecutorService threads;

    @Resource
    private ManagedScheduledExecutorService clock;

    private final List<Future<?>> timers = new ArrayList<>();
    private Duty beats;
    private Duty looks;
    private Duty deliveries;
    private volatile boolean prepared;

    @PostConstruct
    void begin() {
        beats = new Duty("beat", threads, engine::beat);
        looks = new Duty("look for tasks", threads, this::look);
        deliveries = new Duty("delivery of events", threads, this::deliver);
        Duty cleaning = new Duty("removal of old records", threads, this::clean);
        each(beats, 0, JobEngine.BEAT_SECONDS);
        each(looks, 0, LOOK_SECONDS);
        each(deliveries, OUTBOX_SECONDS, OUTBOX_SECONDS);
        each(cleaning, TimeUnit.MINUTES.toSeconds(53), TimeUnit.HOURS.toSeconds(1));
        BatchLog.LOG.node(engine.node());
    }

    private void each(Duty duty, long firstSeconds, long seconds) {
        timers.add(clock.scheduleAtFixedRate(duty::ask, firstSeconds, seconds, TimeUnit.SECONDS));
    }

    /** Something on this node made a task, or wants one to stop. */
    public void onTasks(@Observes TasksWaiting event) {
        if (engine.isBusy()) {
            // It may be a stop of what runs here.
            beats.ask();
        }
        looks.ask();
    }

    /** Something on this node wrote an event. */
    public void onEvents(@Observes OutboxFilled event) {
        deliveries.ask();
    }

    private void look() {
        if (!prepared) {
            scheduler.prepare();
            prepared = true;
        }
        for (TakenTask task : engine.take()) {
            start(task);
        }
    }

    private void start(TakenTask task) {
        try {
            engine.startedAs(task, jobs.start(task));
        } catch (RuntimeException e) {
            BatchLog.LOG.notStarted(task.taskId(), e);
            engine.giveBack(task);
        }
    }

    private void deliver() {
        outbox.deliver();
    }

    private void clean() {
        records.removeOld();
        outbox.forgetDead();
    }

    @PreDestroy
    void end() {
        timers.forEach(timer -> timer.cancel(false));
        outbox.end();
        engine.leave(PATIENCE);
    }
}
