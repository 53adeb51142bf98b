// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.harboree.database.TestDatabase;

/** Whatever happens to a task in whatever order, it only moves along the edges that {@link TaskStatus} draws. */
class TaskLifeTest {
    private static final TestDatabase DATABASE = new TestDatabase();
    private static final int ATTEMPTS = 2;

    /** What may happen from outside, or in a run. */
    enum Step {
        TAKE_AND_FINISH, TAKE_AND_FAIL, TAKE_AND_GIVE_UP, TAKE_AND_CHECKPOINT, TAKE_AND_VANISH, EXPIRE_AND_RECOVER,
        RECOVER, BEAT, STOP, LEAVE, COME_DUE, WAKE_THE_DEAD
    }

    @BeforeContainer
    static void make() {
        DATABASE.beforeAll(null);
    }

    @AfterContainer
    static void drop() {
        DATABASE.afterAll(null);
    }

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void shouldMoveAlongTheDrawnEdgesOnly(@ForAll @Size(min = 1, max = 12) List<Step> steps) {
        DATABASE.empty(Jobs.TABLES);
        Life life = new Life();
        for (Step step : steps) {
            Task before = life.task();
            long fenceBefore = life.fence();
            life.does(step);
            Task after = life.task();

            assertThat(reachable(before.status())).as("after %s from %s", step, before.status())
                    .contains(after.status());
            assertThat(life.fence()).isGreaterThanOrEqualTo(fenceBefore);
            if (before.status().isFinal()) {
                assertThat(after).as("an ended task").isEqualTo(before);
            }
            assertThat(after.endTime().isPresent()).isEqualTo(after.status().isFinal());
            assertThat(life.hasOwner()).isEqualTo(after.status() == TaskStatus.RUNNING);
            assertThat(life.execution().status().isFinal()).isEqualTo(after.status().isFinal());
            assertThat(life.failures()).isLessThanOrEqualTo(ATTEMPTS);
        }
        life.settles();
    }

    /** Each step is at most a few events of the machine. */
    private static Set<TaskStatus> reachable(TaskStatus from) {
        Set<TaskStatus> found = EnumSet.of(from);
        for (int i = 0; i < TaskStatus.values().length; i++) {
            for (TaskStatus.Event event : TaskStatus.Event.values()) {
                if (found.contains(event.from())) {
                    found.add(event.to());
                }
            }
        }
        return found;
    }

    /** One task, two nodes after one another, and what was left behind by a node that vanished. */
    private static final class Life {
        private final TestKind kind = new TestKind("A", task -> { });
        private Jobs node;
        private Jobs vanished;
        private List<TakenTask> left = List.of();
        private final long execution;

        Life() {
            kind.attempts = ATTEMPTS;
            node = new Jobs(DATABASE, kind);
            vanished = node;
            execution = node.execution("A");
        }

        void does(Step step) {
            switch (step) {
                case TAKE_AND_FINISH -> run(task -> { });
                case TAKE_AND_FAIL -> run(task -> {
                    throw new IOException("failed");
                });
                case TAKE_AND_GIVE_UP -> run(task -> {
                    throw new TaskFailedException("never");
                });
                case TAKE_AND_CHECKPOINT -> run(task -> {
                    task.checkpoint("x", () -> { });
                    throw new IOException("after the checkpoint");
                });
                case TAKE_AND_VANISH -> vanish();
                case EXPIRE_AND_RECOVER -> {
                    DATABASE.execute("UPDATE task SET lease_until = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND"
                            + " WHERE status = 'Running'");
                    node.engine.recover();
                }
                case RECOVER -> node.engine.recover();
                case BEAT -> node.engine.beat();
                case STOP -> node.executions.stop(execution);
                case LEAVE -> leave();
                case COME_DUE -> DATABASE.execute("UPDATE task SET due_time = UTC_TIMESTAMP(6)"
                        + " WHERE status = 'Pending'");
                case WAKE_THE_DEAD -> {
                    kind.body = task -> task.checkpoint("late", () -> { });
                    left.forEach(vanished.engine::run);
                }
                default -> throw new IllegalStateException(step.name());
            }
        }

        private void run(TestKind.Body body) {
            kind.body = body;
            node.engine.take().forEach(node.engine::run);
        }

        private void vanish() {
            List<TakenTask> taken = node.engine.take();
            if (!taken.isEmpty()) {
                left = taken;
                vanished = node;
            }
            node = new Jobs(DATABASE, kind);
        }

        private void leave() {
            node.engine.take();
            node.engine.leave(Duration.ZERO);
            node = new Jobs(DATABASE, kind);
        }

        /** No history is a dead end: what is not stopped can still be done. */
        void settles() {
            does(Step.EXPIRE_AND_RECOVER);
            does(Step.COME_DUE);
            does(Step.TAKE_AND_FINISH);
            assertThat(task().status().isFinal()).isTrue();
        }

        Task task() {
            return node.task(execution);
        }

        Execution execution() {
            return node.executions.find(execution).orElseThrow();
        }

        long fence() {
            return number("fence");
        }

        long failures() {
            return number("failures");
        }

        boolean hasOwner() {
            return number("owner IS NOT NULL") == 1;
        }

        private static long number(String what) {
            return ((Number) DATABASE.entityManager().createNativeQuery("SELECT " + what + " FROM task")
                    .getSingleResult()).longValue();
        }
    }
}
