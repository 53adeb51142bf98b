// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage.filesystem;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs tasks one after the other, in order, on a borrowed thread.
 *
 * <p>It holds a thread only while it has tasks: any number of lanes get on with any number of threads, be it one. When
 * no thread is to be had, the submitting one does the work.
 */
final class SerialLane {
    private final Executor workers;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean running;

    SerialLane(Executor workers) {
        this.workers = workers;
    }

    /** @param task must not throw */
    void submit(Runnable task) {
        synchronized (tasks) {
            tasks.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        try {
            workers.execute(this::drain);
        } catch (RejectedExecutionException e) {
            drain();
        }
    }

    private void drain() {
        for (Runnable task = next(); task != null; task = next()) {
            task.run();
        }
    }

    private Runnable next() {
        synchronized (tasks) {
            Runnable task = tasks.poll();
            running = task != null;
            return task;
        }
    }
}
