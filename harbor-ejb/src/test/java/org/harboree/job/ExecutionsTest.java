// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.harboree.database.TestDatabase;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query;
import org.harboree.listing.Sort;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ExecutionsTest {
    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.shared();

    private final Jobs jobs = new Jobs(DATABASE);
    private final Executions executions = jobs.executions;

    @BeforeEach
    void empty() {
        DATABASE.empty(Jobs.TABLES);
    }

    @Test
    void shouldReadWhatWasMade() {
        long id = jobs.execution("A", "B");

        Execution made = executions.find(id).orElseThrow();
        assertThat(made.vendorType()).isEqualTo(Jobs.KIND);
        assertThat(made.vendorId()).isEqualTo(1);
        assertThat(made.status()).isEqualTo(ExecutionStatus.RUNNING);
        assertThat(made.trigger()).isEqualTo(Trigger.MANUAL);
        assertThat(made.attributes()).isEqualTo("{\"a\":1}");
        assertThat(made.endTime()).isEmpty();
        assertThat(jobs.tasks(id)).extracting(Task::kind).containsExactly("A", "B");
        assertThat(jobs.tasks(id)).extracting(Task::status).containsOnly(TaskStatus.PENDING);
        assertThat(executions.findTask(jobs.task(id).id())).contains(jobs.task(id));
        assertThat(executions.counts(List.of(id, 0L))).containsEntry(id, new TaskCounts(2, 0, 0, 0, 0))
                .containsEntry(0L, TaskCounts.none());
        assertThat(executions.isRunning(Jobs.KIND, 1)).isTrue();
        assertThat(executions.isRunning(Jobs.KIND, 2)).isFalse();
    }

    @Test
    void shouldSucceedAtOnceWithoutTasks() {
        Execution made = executions.find(jobs.execution()).orElseThrow();
        assertThat(made.status()).isEqualTo(ExecutionStatus.SUCCESS);
        assertThat(made.endTime()).isPresent();
    }

    @Test
    void shouldNotExistWhereTheTransactionFailed() {
        assertThatThrownBy(() -> jobs.work.run(() -> {
            jobs.execution("A");
            throw new IllegalStateException("no");
        })).hasMessage("no");
        assertThat(executions.isRunning(Jobs.KIND, 1)).isFalse();
    }

    @Test
    void shouldStopAtOnceWhatWaits() {
        long id = jobs.execution("A", "B");
        executions.stopTask(jobs.task(id).id());
        assertThat(jobs.tasks(id)).extracting(Task::status).containsExactly(TaskStatus.STOPPED, TaskStatus.PENDING);
        assertThat(executions.find(id)).map(Execution::status).contains(ExecutionStatus.RUNNING);

        executions.stop(id);
        assertThat(executions.find(id)).map(Execution::status).contains(ExecutionStatus.STOPPED);
        assertThat(executions.find(id).flatMap(Execution::endTime)).isPresent();
        Task stopped = jobs.task(id);
        executions.stop(id);
        assertThat(jobs.task(id)).as("an ended task").isEqualTo(stopped);
    }

    @Test
    void shouldListByVendorStatusTriggerAndQuery() {
        long first = jobs.execution();
        long second = jobs.execution("A");
        executions.create(NewExecution.of("OTHER", 1, Trigger.EVENT, "{}", List.of()));
        executions.create(NewExecution.of(Jobs.KIND, 2, Trigger.EVENT, "{}", List.of()));

        assertThat(ids(ExecutionFilter.of(Jobs.KIND, List.of(1L)))).containsExactly(second, first);
        assertThat(ids(ExecutionFilter.of(Jobs.KIND, List.of()))).hasSize(3);
        assertThat(ids(new ExecutionFilter(Jobs.KIND, List.of(), Set.of(ExecutionStatus.RUNNING), Optional.empty(),
                Query.none()))).containsExactly(second);
        assertThat(ids(new ExecutionFilter(Jobs.KIND, List.of(), Set.of(), Optional.of(Trigger.EVENT), Query.none())))
                .hasSize(1);
        assertThat(ids(new ExecutionFilter(Jobs.KIND, List.of(), Set.of(), Optional.empty(),
                Query.parse("status=Running", Executions.EXECUTION_KEYS)))).containsExactly(second);
        assertThat(executions.tasks(new TaskFilter(second, Optional.of("B"), Set.of(), Query.none()), Sort.by(),
                PageRequest.first()).items()).isEmpty();
    }

    @Test
    void shouldDeleteWhatHasEndedOfOneVendor() {
        jobs.execution();
        long running = jobs.execution("A");
        long other = executions.create(NewExecution.of(Jobs.KIND, 2, Trigger.EVENT, "{}", List.of()));

        executions.deleteAll(Jobs.KIND, 1);

        assertThat(ids(ExecutionFilter.of(Jobs.KIND, List.of()))).containsExactly(other, running);
    }

    @Test
    void shouldKeepOneScheduleForEachVendor() {
        Cron daily = Cron.parse("0 0 0 * * *");
        jobs.schedules.put(Jobs.KIND, 7, daily, true, "{}");
        jobs.schedules.put(Jobs.KIND, 7, Cron.parse("0 0 1 * * *"), false, "{\"x\":2}");

        Schedule schedule = jobs.schedules.find(Jobs.KIND, 7).orElseThrow();
        assertThat(schedule.cron()).hasToString("0 0 1 * * *");
        assertThat(schedule.enabled()).isFalse();
        assertThat(schedule.attributes()).isEqualTo("{\"x\":2}");
        assertThat(schedule.nextTime()).isEqualTo(schedule.cron().after(schedule.updateTime()).orElseThrow());
        assertThat(schedule.updateTime()).isBefore(Instant.now().plusSeconds(3600));
        assertThat(jobs.schedules.list(Sort.by(), PageRequest.everything()).items()).containsExactly(schedule);

        jobs.schedules.delete(Jobs.KIND, 7);
        assertThat(jobs.schedules.find(Jobs.KIND, 7)).isEmpty();
    }

    private List<Long> ids(ExecutionFilter filter) {
        return executions.list(filter, Sort.by(), PageRequest.everything()).items().stream().map(Execution::id).toList();
    }
}
