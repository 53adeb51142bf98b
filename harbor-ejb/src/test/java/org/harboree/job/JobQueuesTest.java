// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.harboree.database.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JobQueuesTest {
    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.shared();

    private final TestKind kind = new TestKind("A", task -> { });
    private final Jobs jobs = new Jobs(DATABASE, kind, new TestKind("B", task -> { }));
    private final JobQueues queues = jobs.beans.get(JobQueues.class);

    @BeforeEach
    void empty() {
        DATABASE.empty(Jobs.TABLES);
    }

    @Test
    void shouldShowWhatWaitsByKind() {
        jobs.execution("A", "A");
        DATABASE.execute("UPDATE task SET due_time = UTC_TIMESTAMP(6) - INTERVAL 90 SECOND ORDER BY task_id LIMIT 1");
        queues.pause("B");
        queues.pause("B");

        List<JobQueue> list = queues.list();
        assertThat(list).extracting(JobQueue::kind).containsExactly("A", "B", "SCHEDULER");
        assertThat(list).extracting(JobQueue::waiting).containsExactly(2L, 0L, 0L);
        assertThat(list).extracting(JobQueue::paused).containsExactly(false, true, false);
        assertThat(list.get(0).latencySeconds()).isBetween(90L, 95L);
    }

    @Test
    void shouldGiveNothingOutWhileItIsPaused() {
        jobs.execution("A");
        queues.pause("A");
        assertThat(jobs.work()).isZero();
        queues.resume("A");
        assertThat(queues.isPaused("A")).isFalse();
        assertThat(jobs.work()).isEqualTo(1);
    }

    @Test
    void shouldEndWhatWaitsAndLeaveWhatRuns() {
        kind.concurrency = 1;
        long id = jobs.execution("A", "A", "B");
        TakenTask running = jobs.engine.take().get(0);

        queues.stopWaiting("A");

        assertThat(jobs.tasks(id)).extracting(Task::status)
                .containsExactly(TaskStatus.RUNNING, TaskStatus.STOPPED, TaskStatus.RUNNING);
        jobs.engine.run(running);
        assertThat(jobs.executions.find(id)).map(Execution::status).contains(ExecutionStatus.RUNNING);
    }

    @Test
    void shouldShowNodesAndWhatTheyRun() {
        jobs.engine.beat();
        long id = jobs.execution("A");
        jobs.engine.take();

        assertThat(queues.nodes()).singleElement().satisfies(node -> {
            assertThat(node.id()).isEqualTo(jobs.engine.node());
            assertThat(node.pid()).isEqualTo(ProcessHandle.current().pid());
            assertThat(node.concurrency()).isEqualTo(JobEngine.CONCURRENCY);
            assertThat(node.beatTime()).isAfterOrEqualTo(node.startTime());
        });
        assertThat(queues.running()).singleElement().satisfies(task -> {
            assertThat(task.id()).isEqualTo(jobs.task(id).id());
            assertThat(task.node()).isEqualTo(jobs.engine.node());
            assertThat(task.startTime()).isEqualTo(jobs.task(id).startTime().orElseThrow());
        });
        DATABASE.execute("UPDATE job_node SET heartbeat_time = heartbeat_time - INTERVAL 2 MINUTE");
        assertThat(queues.nodes()).isEmpty();
    }
}
