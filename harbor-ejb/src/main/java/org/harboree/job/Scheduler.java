// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.harboree.transaction.UnitOfWork;

/**
 * Starts what is due by the clock: exactly once for each due time, however many nodes look.
 *
 * <p>Who finds a schedule due locks its row, starts the work and moves the schedule on, in one transaction. The unique
 * key on schedule and due time refuses a second execution even if that were to fail.
 */
@ApplicationScoped
public class Scheduler {
    private List<ScheduledWork> vendors;

    @Inject
    private ScheduleDao schedules;

    @Inject
    private Schedules all;

    @Inject
    private JobKinds kinds;

    @Inject
    private Executions executions;

    @Inject
    private UnitOfWork work;

    /** For the container's proxies. */
    protected Scheduler() {
    }

    @Inject
    Scheduler(@Any Instance<ScheduledWork> found) {
        this(() -> found.iterator());
    }

    Scheduler(Iterable<ScheduledWork> found) {
        vendors = StreamSupport.stream(found.spliterator(), false).toList();
    }

    /** Writes the schedules of what the product itself runs; to be called at each start. */
    public void prepare() {
        for (JobKind kind : kinds.all()) {
            kind.systemSchedule().map(Cron::parse).ifPresent(cron -> work.run(() -> {
                Optional<Schedule> known = all.find(kind.name(), 0);
                if (known.isEmpty() || !known.get().cron().equals(cron)) {
                    all.put(kind.name(), 0, cron, true, "{}");
                }
            }));
        }
    }

    /** Starts all that is due. @return how many schedules were */
    public int fire() {
        int fired = 0;
        while (fireOne()) {
            fired++;
        }
        return fired;
    }

    private boolean fireOne() {
        Schedule[] due = new Schedule[1];
        try {
            return work.call(() -> {
                due[0] = schedules.lockDue().orElse(null);
                if (due[0] == null) {
                    return false;
                }
                moveOn(due[0]);
                start(new DueTime(due[0], due[0].nextTime()));
                return true;
            });
        } catch (RuntimeException e) {
            if (due[0] == null) {
                throw e;
            }
            // Else it would be tried each second, and hold up all the others.
            JobLog.LOG.dueFailed(due[0].id(), due[0].vendorType(), due[0].vendorId(), e);
            work.run(() -> schedules.lockDue(due[0].id()).ifPresent(this::moveOn));
            return true;
        }
    }

    private void moveOn(Schedule schedule) {
        schedules.moveOn(schedule.id(), Schedules.next(schedule.cron(), schedules.now()));
    }

    /** A schedule whose vendor is no more starts nothing. */
    private void start(DueTime due) {
        String type = due.schedule().vendorType();
        Optional<JobKind> system = kinds.find(type).filter(kind -> kind.systemSchedule().isPresent());
        if (system.isPresent()) {
            if (!executions.isRunning(type, due.schedule().vendorId())) {
                executions.create(NewExecution.due(due, "{}", List.of(new NewTask(type, "{}"))));
            }
            return;
        }
        vendors.stream().filter(vendor -> vendor.vendorType().equals(type)).findFirst()
                .ifPresent(vendor -> vendor.due(due));
    }
}
