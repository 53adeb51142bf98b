// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A kind of work whose body the test gives. */
final class TestKind implements JobKind {
    final AtomicInteger runs = new AtomicInteger();
    volatile Body body;
    int concurrency = 2;
    int attempts = 1;
    int kept = 50;
    String cron;

    private final String name;

    /** What a task of it does. */
    interface Body {
        void run(TaskContext task) throws Exception;
    }

    TestKind(String name, Body body) {
        this.name = name;
        this.body = body;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int concurrency() {
        return concurrency;
    }

    @Override
    public int attempts() {
        return attempts;
    }

    @Override
    public int keptExecutions() {
        return kept;
    }

    @Override
    public Optional<String> systemSchedule() {
        return Optional.ofNullable(cron);
    }

    @Override
    public void run(TaskContext task) throws Exception {
        runs.incrementAndGet();
        body.run(task);
    }
}
