// SPDX-License-Identifier: Apache-2.0
package org.harboree.batch;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Something to do whenever it is asked for: never twice at once, once more if it was asked for meanwhile, and again the
 * next time if it failed. Asking costs nothing and never waits.
 */
final class Duty {
    private final String name;
    private final Executor threads;
    private final Runnable work;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicBoolean failing = new AtomicBoolean();

    Duty(String name, Executor threads, Runnable work) {
        this.name = name;
        this.threads = threads;
        this.work = work;
    }

    void ask() {
        if (asked.getAndIncrement() == 0) {
            try {
                threads.execute(this::run);
            } catch (RuntimeException e) {
                asked.set(0);
                failed(e);
            }
        }
    }

    private void run() {
        int seen;
        do {
            seen = asked.get();
            attempt();
        } while (asked.addAndGet(-seen) != 0);
    }

    private void attempt() {
        try {
            work.run();
            if (failing.compareAndSet(true, false)) {
                BatchLog.LOG.worksAgain(name);
            }
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    private void failed(Throwable e) {
        if (failing.compareAndSet(false, true)) {
            BatchLog.LOG.failing(name, e);
        }
    }
}
