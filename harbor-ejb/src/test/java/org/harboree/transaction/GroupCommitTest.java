// SPDX-License-Identifier: Apache-2.0
package org.harboree.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.harboree.database.TestDatabase;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GroupCommitTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final int FAILS_FOR_ALL = 13;
    private static final int REFUSED = 7;

    /** As many as hold the places of all who may work at once. */
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private final UnitOfWork work = DATABASE.unitOfWork();
    private final List<List<Integer>> transactions = new ArrayList<>();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final ExecutorService clients = Executors.newCachedThreadPool();
    private final GroupCommit<Integer> group = new GroupCommit<>(work, this::write);

    @BeforeAll
    static void makeTable() {
        DATABASE.execute("CREATE TABLE done (n INT PRIMARY KEY)");
    }

    @BeforeEach
    void forget() {
        DATABASE.empty("done");
    }

    @AfterEach
    void stop() {
        gate.countDown();
        clients.shutdownNow();
    }

    /** Negative numbers wait for the gate, in their transaction. */
    private Map<Integer, RuntimeException> write(List<Integer> jobs) {
        synchronized (transactions) {
            transactions.add(jobs);
        }
        Map<Integer, RuntimeException> refusals = new IdentityHashMap<>();
        for (Integer job : jobs) {
            if (job == REFUSED) {
                refusals.put(job, new HarborException(ErrorCode.CONFLICT));
                continue;
            }
            DATABASE.entityManager().createNativeQuery("INSERT INTO done VALUES (" + job + ")").executeUpdate();
            if (job == FAILS_FOR_ALL) {
                throw new IllegalStateException("thirteen");
            }
            if (job < 0) {
                await();
            }
        }
        return refusals;
    }

    private void await() {
        try {
            assertThat(gate.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Integer> done() {
        return work.call(() -> DATABASE.entityManager()
                .createNativeQuery("SELECT n FROM done WHERE n > 0 ORDER BY n", Integer.class).getResultList())
                .stream().map(Integer.class::cast).toList();
    }

    private List<Future<?>> start(List<Integer> jobs) throws InterruptedException {
        List<Future<?>> started = new ArrayList<>();
        for (Integer job : jobs) {
            started.add(clients.submit(() -> group.run(job)));
        }
        return started;
    }

    /** Runs the jobs while as many transactions as there may be stand still for so long that the jobs wait together. */
    private List<Future<?>> together(Integer... jobs) throws InterruptedException {
        List<Integer> holders = IntStream.rangeClosed(1, CORES).mapToObj(i -> -i).toList();
        start(holders);
        awaitTransactions(Math.max(1, CORES / 2));
        List<Future<?>> started = start(List.of(jobs));
        gate.countDown();
        return started;
    }

    private void awaitTransactions(int count) throws InterruptedException {
        for (int i = 0; i < 3000; i++) {
            synchronized (transactions) {
                if (transactions.size() >= count) {
                    return;
                }
            }
            Thread.sleep(10);
        }
        throw new AssertionError("no " + count + " transactions in 30 s");
    }

    private static void finish(List<Future<?>> jobs) throws Exception {
        for (Future<?> job : jobs) {
            job.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldDoAJobAtOnceWhereNobodyWorks() {
        group.run(1);
        group.run(2);
        assertThat(transactions).containsExactly(List.of(1), List.of(2));
        assertThat(done()).containsExactly(1, 2);
    }

    @Test
    void shouldDoEachJobOnceHoweverTheyMeet() throws Exception {
        Integer[] jobs = IntStream.rangeClosed(20, 219).boxed().toArray(Integer[]::new);
        finish(together(jobs));
        assertThat(done()).containsExactly(jobs);
        assertThat(transactions).allSatisfy(jobsOfOne ->
                assertThat(jobsOfOne).hasSizeLessThanOrEqualTo(GroupCommit.MOST));
    }

    @Test
    void shouldGiveARefusedJobItsReasonAndLeaveTheOthersAlone() throws Exception {
        List<Future<?>> started = together(REFUSED, 20, 21, 22);
        assertThatThrownBy(() -> started.get(0).get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(HarborException.class);
        finish(started.subList(1, 4));
        assertThat(done()).containsExactly(20, 21, 22);
    }

    @Test
    void shouldUndoARefusedJobThatIsAlone() {
        GroupCommit<Integer> careless = new GroupCommit<>(work, jobs -> {
            DATABASE.entityManager().createNativeQuery("INSERT INTO done VALUES (1)").executeUpdate();
            return Map.of(jobs.get(0), new HarborException(ErrorCode.CONFLICT));
        });
        assertThatThrownBy(() -> careless.run(1)).isInstanceOf(HarborException.class);
        assertThat(done()).isEmpty();
    }

    @Test
    void shouldDoEveryOtherJobWhereOneFailsThemAll() throws Exception {
        List<Future<?>> started = together(20, 21, FAILS_FOR_ALL, 22, 23);
        assertThatThrownBy(() -> started.get(2).get(30, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("thirteen");
        finish(List.of(started.get(0), started.get(1), started.get(3), started.get(4)));
        assertThat(done()).containsExactly(20, 21, 22, 23);
    }

    @Test
    void shouldNotWaitForLongForTransactionsThatStandStill() throws Exception {
        start(IntStream.rangeClosed(1, CORES).mapToObj(i -> -i).toList());
        awaitTransactions(CORES);
        finish(start(List.of(20)));
        assertThat(done()).containsExactly(20);
    }

    @Test
    void shouldWaitThatLongAlsoWhereTheThreadWasWokenBefore() throws Exception {
        start(IntStream.rangeClosed(1, CORES).mapToObj(i -> -i).toList());
        awaitTransactions(CORES);
        LockSupport.unpark(Thread.currentThread());
        long began = System.nanoTime();
        group.run(20);
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isGreaterThanOrEqualTo(Duration.ofMillis(GroupCommit.PATIENCE_MILLIS));
    }

    @Test
    void shouldJoinARunningUnit() {
        assertThatThrownBy(() -> work.run(() -> {
            group.run(1);
            throw new IllegalStateException("the outer one fails");
        })).hasMessage("the outer one fails");
        assertThat(done()).isEmpty();
    }

    @Test
    void shouldWorkOnAfterAFailure() {
        assertThatThrownBy(() -> group.run(FAILS_FOR_ALL)).hasMessage("thirteen");
        group.run(1);
        assertThat(done()).containsExactly(1);
    }

    @Test
    void shouldKeepTheInterruptOfWhoWaits() throws Exception {
        start(IntStream.rangeClosed(1, CORES).mapToObj(i -> -i).toList());
        awaitTransactions(CORES);
        Future<Boolean> interrupted = clients.submit(() -> {
            Thread.currentThread().interrupt();
            group.run(20);
            return Thread.interrupted();
        });
        assertThat(interrupted.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(done()).containsExactly(20);
    }
}
