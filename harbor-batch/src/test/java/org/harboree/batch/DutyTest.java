// SPDX-License-Identifier: Apache-2.0
package org.harboree.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DutyTest {
    private final Deque<Runnable> submitted = new ArrayDeque<>();
    private final AtomicInteger done = new AtomicInteger();

    @Test
    void shouldBeDoneOnceHoweverOftenItWasAskedForBefore() {
        Duty duty = new Duty("test", submitted::add, done::incrementAndGet);
        duty.ask();
        duty.ask();
        duty.ask();
        assertThat(submitted).hasSize(1);
        submitted.remove().run();
        assertThat(done).hasValue(1);
    }

    @Test
    void shouldBeDoneOnceMoreIfItWasAskedForMeanwhile() {
        Duty[] duty = new Duty[1];
        duty[0] = new Duty("test", submitted::add, () -> {
            if (done.incrementAndGet() == 1) {
                duty[0].ask();
                duty[0].ask();
            }
        });
        duty[0].ask();
        submitted.remove().run();
        assertThat(done).hasValue(2);
        assertThat(submitted).isEmpty();
    }

    @Test
    void shouldBeDoneAgainAfterItFailed() {
        Duty duty = new Duty("test", submitted::add, () -> {
            if (done.incrementAndGet() == 1) {
                throw new IllegalStateException("the first time fails: expected in this test");
            }
        });
        duty.ask();
        submitted.remove().run();
        duty.ask();
        submitted.remove().run();
        assertThat(done).hasValue(2);
    }

    @Test
    void shouldBeAskedForAgainAfterNoThreadWasLeft() {
        AtomicInteger refusals = new AtomicInteger(1);
        Duty duty = new Duty("test", work -> {
            if (refusals.getAndDecrement() > 0) {
                throw new RejectedExecutionException("no thread: expected in this test");
            }
            submitted.add(work);
        }, done::incrementAndGet);
        duty.ask();
        duty.ask();
        assertThat(submitted).hasSize(1);
    }

    @Test
    void shouldNeverBeDoneTwiceAtOnceNorForgotten() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger sum = new AtomicInteger();
        AtomicInteger seen = new AtomicInteger();
        Duty duty = new Duty("test", threads, () -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            seen.set(sum.get());
            inside.decrementAndGet();
        });
        CountDownLatch asked = new CountDownLatch(3);
        for (int i = 0; i < 3; i++) {
            threads.execute(() -> {
                for (int n = 0; n < 1000; n++) {
                    sum.incrementAndGet();
                    duty.ask();
                }
                asked.countDown();
            });
        }
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        threads.shutdown();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(most).hasValue(1);
        assertThat(seen).as("what the last time saw").hasValue(3000);
    }
}
