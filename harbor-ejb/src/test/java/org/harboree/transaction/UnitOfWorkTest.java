// SPDX-License-Identifier: Apache-2.0
package org.harboree.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.harboree.database.TestDatabase;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitOfWorkTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final UnitOfWork unitOfWork = DATABASE.unitOfWork();
    private final List<String> heard = new ArrayList<>();

    @BeforeAll
    static void makeTable() {
        DATABASE.execute("CREATE TABLE counter (id INT PRIMARY KEY, n INT NOT NULL)");
    }

    @BeforeEach
    void setTwoCounters() {
        DATABASE.empty("counter");
        DATABASE.execute("INSERT INTO counter VALUES (1, 0), (2, 0)");
    }

    @Test
    void shouldCommitWhatTheWorkDid() {
        unitOfWork.run(() -> add(1));

        assertThat(value(1)).isEqualTo(1);
    }

    @Test
    void shouldRollBackAndPassAHarborExceptionUnchanged() {
        HarborException refusal = new HarborException(ErrorCode.CONFLICT);

        assertThatThrownBy(() -> unitOfWork.run(() -> {
            add(1);
            throw refusal;
        })).isSameAs(refusal);

        assertThat(value(1)).isZero();
    }

    @Test
    void shouldRollBackOnAnError() {
        assertThatThrownBy(() -> unitOfWork.run(() -> {
            add(1);
            throw new StackOverflowError();
        })).isInstanceOf(StackOverflowError.class);

        assertThat(value(1)).isZero();
        unitOfWork.run(() -> add(1));
        assertThat(value(1)).isEqualTo(1);
    }

    @Test
    void shouldJoinARunningUnit() {
        assertThatThrownBy(() -> unitOfWork.run(() -> {
            unitOfWork.run(() -> add(1));
            throw new IllegalStateException("the outer one fails");
        })).isInstanceOf(IllegalStateException.class);

        assertThat(value(1)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1213,40001", "1062,23000", "1205,HY000", "1020,HY000", "9999,40001"})
    void shouldRepeatTheWholeUnitOnContention(int code, String state) {
        AtomicInteger runs = new AtomicInteger();

        unitOfWork.run(() -> {
            add(1);
            if (runs.incrementAndGet() <= 3) {
                throw new IllegalStateException("wrapped", new RuntimeException(new SQLException("x", state, code)));
            }
        });

        assertThat(runs).hasValue(4);
        assertThat(value(1)).isEqualTo(1);
    }

    @Test
    void shouldGiveUpAfterThreeRepetitionsWithTheLastFailure() {
        AtomicInteger runs = new AtomicInteger();

        assertThatThrownBy(() -> unitOfWork.run(() -> {
            throw new IllegalStateException("run " + runs.incrementAndGet(), new SQLException("x", "40001", 1213));
        })).hasMessage("run 4");
    }

    @Test
    void shouldNotRepeatOtherFailures() {
        AtomicInteger runs = new AtomicInteger();

        assertThatThrownBy(() -> unitOfWork.run(() -> {
            runs.incrementAndGet();
            throw new IllegalStateException(new SQLException("syntax", "42000", 1064));
        })).isInstanceOf(IllegalStateException.class);

        assertThat(runs).hasValue(1);
    }

    @Test
    void shouldCallFollowersOnceAndOnlyAfterTheCommit() {
        AtomicInteger runs = new AtomicInteger();

        unitOfWork.run(() -> {
            add(1);
            unitOfWork.run(() -> unitOfWork.afterCommit(() -> heard.add("counter is " + value(1))));
            if (runs.incrementAndGet() == 1) {
                throw new IllegalStateException(new SQLException("x", "40001", 1213));
            }
        });

        assertThat(heard).containsExactly("counter is 1");
    }

    @Test
    void shouldNotCallFollowersOfAUnitThatFailed() {
        assertThatThrownBy(() -> unitOfWork.run(() -> {
            unitOfWork.afterCommit(() -> heard.add("never"));
            throw new IllegalStateException("no");
        })).isInstanceOf(IllegalStateException.class);

        assertThat(heard).isEmpty();
    }

    @Test
    void shouldBringBothSidesOfARealDeadlockToTheirEnd() {
        CyclicBarrier bothHoldOne = new CyclicBarrier(2);

        CompletableFuture.allOf(
                CompletableFuture.runAsync(() -> addCrosswise(1, 2, bothHoldOne)),
                CompletableFuture.runAsync(() -> addCrosswise(2, 1, bothHoldOne))).join();

        assertThat(value(1)).isEqualTo(2);
        assertThat(value(2)).isEqualTo(2);
    }

    private void addCrosswise(int first, int second, CyclicBarrier bothHoldOne) {
        AtomicInteger runs = new AtomicInteger();
        unitOfWork.run(() -> {
            add(first);
            if (runs.incrementAndGet() == 1) {
                await(bothHoldOne);
            }
            add(second);
        });
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(int id) {
        DATABASE.entityManager().createNativeQuery("UPDATE counter SET n = n + 1 WHERE id = " + id).executeUpdate();
    }

    private int value(int id) {
        return unitOfWork.call(() -> ((Number) DATABASE.entityManager()
                .createNativeQuery("SELECT n FROM counter WHERE id = " + id).getSingleResult()).intValue());
    }
}
