// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.Set;
import org.harboree.job.TaskContext;
import org.harboree.remote.RemoteRegistryException;
import org.harboree.remote.RemoteRegistryException.Kind;

/**
 * Waits for a registry that is away: one that restarts is back within a minute, and what was under way goes on where
 * it was, without one of the task's few attempts being spent on it. For one thread.
 */
final class Patience {
    /** So often in a row: two minutes besides what the requests themselves take. */
    static final int MOST_WAITS = 24;

    private static final int SECONDS_OF_A_WAIT = 5;
    /** What stands before a registry says so while that is away. */
    private static final Set<Integer> AWAY = Set.of(502, 503, 504);

    private final TaskContext task;
    private final Pause pause;
    private int left = MOST_WAITS;

    Patience(TaskContext task, Pause pause) {
        this.task = task;
        this.pause = pause;
    }

    /**
     * Does the step, again as long as the registry is away and there is patience; a step that succeeds renews it.
     *
     * @param what the step is about, for the log
     * @throws IOException the step's
     */
    void attempt(String what, Problems.Step step) throws IOException {
        while (true) {
            try {
                step.run();
                left = MOST_WAITS;
                return;
            } catch (RemoteRegistryException e) {
                await(what, e);
            } catch (UncheckedIOException e) {
                if (!(e.getCause() instanceof RemoteRegistryException remote)) {
                    throw e;
                }
                await(what, remote);
            }
        }
    }

    private void await(String what, RemoteRegistryException problem) throws IOException {
        boolean isAway = problem.kind() == Kind.UNREACHABLE || problem.kind() == Kind.TRUNCATED
                || AWAY.contains(problem.status());
        if (!isAway || left == 0) {
            throw problem;
        }
        left--;
        task.warn(what + ": " + problem.getMessage() + "; waits for the registry");
        for (int i = 0; i < SECONDS_OF_A_WAIT; i++) {
            task.requireNoStop();
            try {
                pause.second();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for the registry");
            }
        }
        task.requireNoStop();
    }
}
