// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.harboree.database.TestDatabase;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Sort;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SchedulerTest {
    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.shared();

    private static final Cron HOURLY = Cron.parse("0 0 * * * *");

    private final List<DueTime> fired = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void empty() {
        DATABASE.empty(Jobs.TABLES);
    }

    @Test
    void shouldStartWhatIsDueOnceAndMoveItOn() {
        Jobs jobs = node();
        jobs.schedules.put(Jobs.KIND, 1, HOURLY, true, "{}");
        assertThat(scheduler(jobs).fire()).as("before it is due").isZero();

        makeDue();
        jobs.engine.take();
        assertThat(fired).hasSize(1);
        assertThat(executions(jobs)).extracting(Execution::trigger).containsExactly(Trigger.SCHEDULE);
        Schedule moved = jobs.schedules.find(Jobs.KIND, 1).orElseThrow();
        assertThat(moved.nextTime()).isEqualTo(HOURLY.after(jobs.beans.get(ScheduleDao.class).now()).orElseThrow());
        assertThat(scheduler(jobs).fire()).isZero();
    }

    @Test
    void shouldStartNothingThatIsDisabledOrPaused() {
        Jobs jobs = node();
        jobs.schedules.put(Jobs.KIND, 1, HOURLY, false, "{}");
        makeDue();
        jobs.engine.take();
        jobs.schedules.put(Jobs.KIND, 1, HOURLY, true, "{}");
        makeDue();
        DATABASE.execute("INSERT INTO paused_queue (kind, paused_time) VALUES ('SCHEDULER', UTC_TIMESTAMP(6))");
        jobs.engine.take();
        assertThat(fired).isEmpty();
    }

    @Test
    void shouldStartEachDueTimeOnceHoweverManyNodesLook() throws Exception {
        Jobs first = node();
        for (int vendor = 1; vendor <= 20; vendor++) {
            first.schedules.put(Jobs.KIND, vendor, HOURLY, true, "{}");
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        for (int round = 1; round <= 5; round++) {
            DATABASE.execute("UPDATE schedule SET next_time = '2020-01-01' + INTERVAL " + round + " HOUR");
            List<Future<Integer>> nodes = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                nodes.add(threads.submit(scheduler(node())::fire));
            }
            int starts = 0;
            for (Future<Integer> node : nodes) {
                starts += node.get(60, TimeUnit.SECONDS);
            }
            assertThat(starts).isEqualTo(20);
        }
        threads.shutdown();
        assertThat(executions(first)).hasSize(100);
    }

    @Test
    void shouldStartNoSecondExecutionOfADueTimeThatHasOne() {
        Jobs jobs = node();
        jobs.schedules.put(Jobs.KIND, 1, HOURLY, true, "{}");
        DATABASE.execute("UPDATE schedule SET next_time = '2020-01-01'");
        scheduler(jobs).fire();
        DATABASE.execute("UPDATE schedule SET next_time = '2020-01-01'");
        scheduler(jobs).fire();
        assertThat(executions(jobs)).hasSize(1);
        assertThat(jobs.schedules.find(Jobs.KIND, 1).orElseThrow().nextTime()).isAfter("2021-01-01T00:00:00Z");
    }

    @Test
    void shouldGoOnWithOthersWhereOneFails() {
        ScheduledWork broken = work("BROKEN", due -> {
            throw new IllegalStateException("broken");
        });
        Jobs jobs = new Jobs(DATABASE, List.of(broken, work(Jobs.KIND, fired::add)));
        jobs.schedules.put("BROKEN", 1, HOURLY, true, "{}");
        jobs.schedules.put("UNKNOWN", 1, HOURLY, true, "{}");
        jobs.schedules.put(Jobs.KIND, 1, HOURLY, true, "{}");
        makeDue();
        assertThat(scheduler(jobs).fire()).isEqualTo(3);
        assertThat(fired).hasSize(1);
        assertThat(scheduler(jobs).fire()).isZero();
    }

    @Test
    void shouldRunWhatTheProductItselfSchedulesOneAtATime() {
        TestKind kind = new TestKind("SYSTEM", task -> { });
        kind.cron = "0 17 * * * *";
        Jobs jobs = new Jobs(DATABASE, kind);
        scheduler(jobs).prepare();
        Schedule made = jobs.schedules.find("SYSTEM", 0).orElseThrow();
        scheduler(jobs).prepare();
        assertThat(jobs.schedules.find("SYSTEM", 0)).contains(made);

        makeDue();
        scheduler(jobs).fire();
        DATABASE.execute("UPDATE schedule SET next_time = UTC_TIMESTAMP(6) - INTERVAL 1 MINUTE");
        scheduler(jobs).fire();
        assertThat(jobs.work()).as("runs while the first one waited").isEqualTo(1);

        kind.cron = "0 18 * * * *";
        scheduler(jobs).prepare();
        assertThat(jobs.schedules.find("SYSTEM", 0).orElseThrow().cron()).hasToString("0 18 * * * *");
    }

    private Jobs node() {
        Jobs[] jobs = new Jobs[1];
        jobs[0] = new Jobs(DATABASE, List.of(work(Jobs.KIND, due -> {
            fired.add(due);
            jobs[0].executions.create(NewExecution.due(due, "{}", List.of()));
        })));
        return jobs[0];
    }

    private static Scheduler scheduler(Jobs jobs) {
        return jobs.beans.get(Scheduler.class);
    }

    private static ScheduledWork work(String type, Consumer<DueTime> due) {
        return new ScheduledWork() {
            @Override
            public String vendorType() {
                return type;
            }

            @Override
            public void due(DueTime time) {
                due.accept(time);
            }
        };
    }

    private static List<Execution> executions(Jobs jobs) {
        return jobs.executions.list(ExecutionFilter.of(Jobs.KIND, List.of()), Sort.by(), PageRequest.everything())
                .items();
    }

    private static void makeDue() {
        DATABASE.execute("UPDATE schedule SET next_time = UTC_TIMESTAMP(6) - INTERVAL 3 HOUR");
    }
}
