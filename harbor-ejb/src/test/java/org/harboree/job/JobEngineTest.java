// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.harboree.database.TestDatabase;
import org.harboree.job.TaskInterruptedException.Reason;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Sort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JobEngineTest {
    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.shared();

    private final TestKind kind = new TestKind("A", task -> { });
    private final Jobs jobs = new Jobs(DATABASE, kind);
    private final Jobs otherNode = new Jobs(DATABASE, kind);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeEach
    void empty() {
        DATABASE.empty(Jobs.TABLES);
    }

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void shouldRunATaskToItsEnd() {
        kind.body = task -> {
            assertThat(task.attributes()).isEqualTo("{}");
            assertThat(task.state()).isEmpty();
            assertThat(task.runCount()).isEqualTo(1);
            task.info("half\nway");
            task.progress(1, 2);
        };
        long id = jobs.execution("A");

        assertThat(jobs.work()).isEqualTo(1);

        Task task = jobs.task(id);
        assertThat(task.status()).isEqualTo(TaskStatus.SUCCESS);
        assertThat(task.progress()).isEqualTo(new Task.Progress(1, 2));
        assertThat(task.startTime()).isPresent();
        assertThat(task.endTime()).isPresent();
        assertThat(jobs.executions.find(id)).map(Execution::status).contains(ExecutionStatus.SUCCESS);
        assertThat(jobs.log(id)).matches("\\S+Z \\[INFO] half way\n");
        assertThat(jobs.work()).as("runs of an ended task").isZero();
    }

    @Test
    void shouldTakeNoMoreThanThePoolOfTheKindHolds() {
        long id = jobs.execution("A", "A", "A");

        List<TakenTask> taken = jobs.engine.take();
        assertThat(taken).hasSize(2);
        assertThat(jobs.engine.take()).isEmpty();
        assertThat(otherNode.engine.take()).as("the pool of another node").hasSize(1);

        jobs.engine.run(taken.get(0));
        assertThat(jobs.tasks(id)).extracting(Task::status).containsExactly(TaskStatus.SUCCESS, TaskStatus.RUNNING,
                TaskStatus.RUNNING);
    }

    @Test
    void shouldTakeNothingOfAKindThatIsPausedOrUnknown() {
        DATABASE.execute("INSERT INTO paused_queue (kind, paused_time) VALUES ('A', UTC_TIMESTAMP(6))");
        jobs.execution("A", "UNKNOWN");
        assertThat(jobs.engine.take()).isEmpty();

        DATABASE.execute("DELETE FROM paused_queue");
        assertThat(jobs.engine.take()).hasSize(1);
    }

    @Test
    void shouldTryAgainLaterUntilNoAttemptIsLeft() {
        kind.attempts = 2;
        kind.body = task -> {
            throw new IOException("the other side hung up", new IOException("reset"));
        };
        long id = jobs.execution("A");

        assertThat(jobs.work()).isEqualTo(1);
        assertThat(jobs.status(id)).isEqualTo(TaskStatus.PENDING);
        assertThat(jobs.task(id).statusMessage()).isEqualTo("the other side hung up");
        assertThat(jobs.work()).as("runs before the pause is over").isZero();

        due();
        assertThat(jobs.work()).isEqualTo(1);
        assertThat(jobs.status(id)).isEqualTo(TaskStatus.ERROR);
        Execution failed = jobs.executions.find(id).orElseThrow();
        assertThat(failed.status()).isEqualTo(ExecutionStatus.ERROR);
        assertThat(failed.statusMessage()).isEqualTo("the other side hung up");
        assertThat(jobs.log(id)).contains("[ERROR] the other side hung up\n").contains("caused by")
                .contains("reset");
    }

    @Test
    void shouldNotTryAgainWhatCannotSucceed() {
        kind.attempts = 3;
        kind.body = task -> {
            throw new TaskFailedException("no such project");
        };
        long id = jobs.execution("A");
        jobs.work();
        assertThat(jobs.status(id)).isEqualTo(TaskStatus.ERROR);
    }

    @Test
    void shouldEndAsAnErrorWhateverTheBodyThrows() {
        kind.body = task -> {
            throw new StackOverflowError();
        };
        long id = jobs.execution("A");
        jobs.work();
        assertThat(jobs.status(id)).isEqualTo(TaskStatus.ERROR);
        assertThat(jobs.task(id).statusMessage()).isEqualTo("StackOverflowError");
    }

    @Test
    void shouldGoOnFromItsCheckpoint() {
        kind.attempts = 2;
        List<Optional<String>> states = new ArrayList<>();
        kind.body = task -> {
            states.add(task.state());
            if (task.state().isEmpty()) {
                task.progress(1, 2);
                task.checkpoint("one", () -> jobs.execution());
                assertThatThrownBy(() -> task.checkpoint("two", () -> {
                    jobs.execution();
                    throw new IllegalStateException("no");
                })).hasMessage("no");
                assertThat(task.state()).contains("one");
                throw new IOException("later");
            }
        };
        long id = jobs.execution("A");
        jobs.work();
        due();
        jobs.work();

        assertThat(states).containsExactly(Optional.empty(), Optional.of("one"));
        assertThat(jobs.task(id).progress()).as("what the first run said").isEqualTo(new Task.Progress(1, 2));
        assertThat(jobs.status(id)).isEqualTo(TaskStatus.SUCCESS);
        assertThat(jobs.executions.list(ExecutionFilter.of(Jobs.KIND, List.of()), Sort.by(),
                PageRequest.everything()).items()).as("work of the checkpoint that held").hasSize(2);
    }

    @Test
    void shouldStopAtTheNextCheckpoint() {
        kind.body = task -> {
            jobs.executions.stop(task.executionId());
            task.checkpoint("never", () -> {
                throw new AssertionError("nothing is to be written");
            });
        };
        long id = jobs.execution("A", "A", "A");
        assertThat(jobs.work()).as("those that were taken before the stop").isEqualTo(2);
        assertThat(jobs.tasks(id)).extracting(Task::status).containsOnly(TaskStatus.STOPPED);
        assertThat(jobs.executions.find(id)).map(Execution::status).contains(ExecutionStatus.STOPPED);
    }

    @Test
    void shouldHearOfAStopWithTheNextBeat() {
        kind.body = task -> {
            assertThat(task.stopRequested()).isFalse();
            jobs.executions.stopTask(task.taskId());
            jobs.engine.beat();
            assertThat(task.stopRequested()).isTrue();
            task.requireNoStop();
        };
        long id = jobs.execution("A");
        jobs.work();
        assertThat(jobs.status(id)).isEqualTo(TaskStatus.STOPPED);
    }

    @Test
    void shouldStopRatherThanTryAgain() {
        kind.attempts = 3;
        kind.body = task -> {
            jobs.executions.stopTask(task.taskId());
            throw new IOException("closed");
        };
        long id = jobs.execution("A");
        jobs.work();
        assertThat(jobs.status(id)).isEqualTo(TaskStatus.STOPPED);
    }

    @Test
    void shouldGiveTheTaskOfAVanishedNodeToAnotherOne() {
        kind.body = task -> task.info("run " + task.runCount());
        long id = jobs.execution("A");
        List<TakenTask> lost = jobs.engine.take();
        jobs.engine.beat();
        assertThat(otherNode.work()).as("while the lease lasts").isZero();

        expire();
        assertThat(otherNode.work()).isEqualTo(1);
        assertThat(jobs.status(id)).isEqualTo(TaskStatus.SUCCESS);
        assertThat(jobs.task(id).runCount()).isEqualTo(2);

        lost.forEach(jobs.engine::run);
        assertThat(jobs.log(id)).as("the log").contains("vanished").contains("run 2").doesNotContain("run 1");
        assertThat(jobs.status(id)).isEqualTo(TaskStatus.SUCCESS);
    }

    @Test
    void shouldWriteNothingMoreOnceTheLeaseIsLost() {
        kind.body = task -> {
            if (task.runCount() == 1) {
                expire();
                kind.body = second -> second.checkpoint("second", () -> { });
                assertThat(otherNode.work()).isEqualTo(1);
                task.info("too late");
                assertThatThrownBy(() -> task.checkpoint("first", () -> {
                    throw new AssertionError("nothing is to be written");
                })).isInstanceOfSatisfying(TaskInterruptedException.class,
                        end -> assertThat(end.reason()).isEqualTo(Reason.LEASE_LOST));
                jobs.engine.beat();
                assertThat(task.stopRequested()).isTrue();
                task.checkpoint("first", () -> { });
            }
        };
        long id = jobs.execution("A");
        jobs.work();
        assertThat(jobs.status(id)).isEqualTo(TaskStatus.SUCCESS);
        assertThat(jobs.log(id)).doesNotContain("too late");
    }

    @Test
    void shouldGiveUpATaskUnderWhichNodesKeepVanishing() {
        long id = jobs.execution("A");
        for (int i = 1; i < TaskEnds.MOST_LOSSES; i++) {
            new Jobs(DATABASE, kind).engine.take();
            expire();
            assertThat(jobs.engine.recover()).isEqualTo(1);
            assertThat(jobs.status(id)).isEqualTo(TaskStatus.PENDING);
        }
        new Jobs(DATABASE, kind).engine.take();
        expire();
        jobs.engine.recover();
        assertThat(jobs.status(id)).isEqualTo(TaskStatus.ERROR);
        assertThat(jobs.task(id).statusMessage()).contains("vanished");
    }

    @Test
    void shouldForgetLossesOnceThereIsProgress() {
        kind.body = task -> {
            task.checkpoint(task.state().orElse("") + "x", () -> { });
            expire();
        };
        long id = jobs.execution("A");
        for (int i = 0; i < 2 * TaskEnds.MOST_LOSSES; i++) {
            List<TakenTask> taken = jobs.engine.take();
            kind.body = task -> {
                task.checkpoint(task.state().orElse("") + "x", () -> { });
                expire();
                otherNode.engine.recover();
            };
            taken.forEach(jobs.engine::run);
            assertThat(jobs.status(id)).isEqualTo(TaskStatus.PENDING);
        }
    }

    @Test
    void shouldKeepTheLeaseWhileItBeats() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        kind.body = task -> {
            begun.countDown();
            end.await();
        };
        long id = jobs.execution("A");
        TakenTask taken = jobs.engine.take().get(0);
        var run = threads.submit(() -> jobs.engine.run(taken));
        begun.await();
        expire();
        jobs.engine.beat();
        assertThat(otherNode.work()).isZero();
        end.countDown();
        run.get(10, TimeUnit.SECONDS);
        assertThat(jobs.status(id)).isEqualTo(TaskStatus.SUCCESS);
    }

    @Test
    void shouldShowTheLogAndTheProgressWhileItRuns() throws Exception {
        CountDownLatch said = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        kind.body = task -> {
            task.warn("slow");
            task.progress(3, 9);
            said.countDown();
            end.await();
        };
        long id = jobs.execution("A");
        TakenTask taken = jobs.engine.take().get(0);
        var run = threads.submit(() -> jobs.engine.run(taken));
        said.await();
        jobs.engine.take();
        assertThat(jobs.log(id)).contains("[WARNING] slow");
        assertThat(jobs.task(id).progress()).isEqualTo(new Task.Progress(3, 9));
        end.countDown();
        run.get(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldNotWaitForACheckpointWithItsBeatsAndLooks() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        kind.body = task -> {
            task.info("said");
            task.checkpoint("x", () -> {
                inside.countDown();
                await(end);
            });
        };
        long id = jobs.execution("A");
        TakenTask taken = jobs.engine.take().get(0);
        var run = threads.submit(() -> jobs.engine.run(taken));
        inside.await();
        var clock = threads.submit(() -> {
            jobs.engine.beat();
            jobs.engine.take();
            otherNode.engine.take();
        });
        clock.get(5, TimeUnit.SECONDS);
        end.countDown();
        run.get(10, TimeUnit.SECONDS);
        assertThat(jobs.status(id)).isEqualTo(TaskStatus.SUCCESS);
    }

    @Test
    void shouldGiveItsTasksBackWhenItLeaves() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        kind.body = task -> {
            begun.countDown();
            while (!task.stopRequested()) {
                Thread.sleep(5);
            }
            task.checkpoint("done so far", () -> { });
            task.checkpoint("too much", () -> { });
        };
        long id = jobs.execution("A", "A", "A");
        List<TakenTask> taken = jobs.engine.take();
        jobs.engine.beat();
        taken.forEach(task -> threads.submit(() -> jobs.engine.run(task)));
        begun.await();

        jobs.engine.leave(Duration.ofSeconds(10));

        assertThat(jobs.tasks(id)).extracting(Task::status).containsOnly(TaskStatus.PENDING);
        assertThat(jobs.engine.take()).isEmpty();
        assertThat(jobs.beans.get(JobNodeDao.class).alive()).isEmpty();
        List<String> states = new ArrayList<>();
        kind.body = task -> states.add(task.state().orElse("none"));
        otherNode.work();
        assertThat(states).containsExactlyInAnyOrder("done so far", "done so far", "none");
    }

    @Test
    void shouldLeaveEvenIfATaskDoesNotListen() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        kind.body = task -> {
            begun.countDown();
            end.await();
            task.checkpoint("late", () -> { });
        };
        long id = jobs.execution("A");
        TakenTask taken = jobs.engine.take().get(0);
        var run = threads.submit(() -> jobs.engine.run(taken));
        begun.await();
        jobs.engine.leave(Duration.ofMillis(50));
        kind.body = task -> assertThat(task.state()).isEmpty();
        assertThat(otherNode.work()).isEqualTo(1);
        end.countDown();
        run.get(10, TimeUnit.SECONDS);
        assertThat(jobs.status(id)).isEqualTo(TaskStatus.SUCCESS);
    }

    @Test
    void shouldGiveEachTaskToOneNodeOnly() throws Exception {
        kind.concurrency = 50;
        kind.body = task -> Thread.sleep(1);
        String[] kinds = new String[200];
        Arrays.fill(kinds, "A");
        long id = jobs.execution(kinds);
        List<Future<Integer>> nodes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            nodes.add(threads.submit(new Jobs(DATABASE, kind)::work));
        }
        int runs = 0;
        for (var node : nodes) {
            runs += node.get(60, TimeUnit.SECONDS);
        }
        jobs.work();
        assertThat(kind.runs).hasValue(200);
        assertThat(runs).isPositive();
        assertThat(jobs.executions.find(id)).map(Execution::status).contains(ExecutionStatus.SUCCESS);
    }

    @Test
    void shouldKeepSoMuchOfALogAndNoMore() {
        String line = "x".repeat(3900);
        kind.body = task -> {
            for (int i = 0; i < 1200; i++) {
                task.info(line);
            }
        };
        long id = jobs.execution("A");
        jobs.work();
        assertThat(jobs.status(id)).isEqualTo(TaskStatus.SUCCESS);
        assertThat((long) jobs.log(id).length()).isBetween(TaskLogBuffer.KEPT - 4100, TaskLogBuffer.KEPT + 200);
        assertThat(jobs.log(id)).endsWith("the log is full: what follows is not kept\n");
    }

    @Test
    void shouldRemoveOldExecutionsButTheNewest() {
        kind.kept = 2;
        ExecutionSweep sweep = jobs.beans.get(ExecutionSweep.class);
        Jobs all = new Jobs(DATABASE, kind, sweep);
        for (int i = 0; i < 4; i++) {
            jobs.executions.create(NewExecution.of("A", 1, Trigger.EVENT, "{}", List.of()));
        }
        jobs.executions.create(NewExecution.of("A", 2, Trigger.EVENT, "{}", List.of()));
        long swept = all.execution(ExecutionSweep.NAME);

        all.work();

        assertThat(all.status(swept)).isEqualTo(TaskStatus.SUCCESS);
        assertThat(all.executions.list(ExecutionFilter.of("A", List.of()), Sort.by(),
                PageRequest.everything()).items()).hasSize(3);
        assertThat(all.log(swept)).contains("2 executions removed");
    }

    private static void expire() {
        DATABASE.execute("UPDATE task SET lease_until = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE status = 'Running'");
    }

    private static void due() {
        DATABASE.execute("UPDATE task SET due_time = UTC_TIMESTAMP(6) WHERE status = 'Pending'");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
