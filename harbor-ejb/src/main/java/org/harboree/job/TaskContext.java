// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import java.util.Optional;

/**
 * What a running task knows of itself, and its only way to write what it has done.
 *
 * <p>The rules of a run: what it changes in the database it changes in {@link #checkpoint}, which also saves how far it
 * is; what it does outside (a file, a request) it does between checkpoints, in such a way that it may be done again from
 * the last checkpoint on. A run ends by returning (Success), by {@link TaskFailedException} (Error at once) or by any
 * other exception (another attempt, while some are left). It lets {@link TaskInterruptedException} pass.
 */
public interface TaskContext {

    long taskId();

    long executionId();

    /** The task's JSON object, as it was made. */
    String attributes();

    /** What the last checkpoint of this task saved, in this or an earlier run; empty before the first one. */
    Optional<String> state();

    /** Which run of the task this is, from 1. */
    int runCount();

    /** Grows with each run: a number for what must tell an old run from a new one outside of the database. */
    long fence();

    /**
     * Saves the state in one transaction with the work; both or neither. The transaction holds the task's row, so no
     * other run of the task can begin meanwhile; the work should be short, touch the database only, and may be run more
     * than once until it commits.
     *
     * @param state for {@link #state()} of a later run; at most 1 MiB
     * @throws TaskInterruptedException if the run has to end here: nothing was written
     */
    void checkpoint(String state, Runnable work);

    /**
     * Asks, between checkpoints, whether the run should end soon. Cheap: it may be asked for each buffer.
     *
     * @return true from the moment that a stop was noticed (some seconds after it was asked for)
     */
    boolean stopRequested();

    /** As {@link #stopRequested}, for code that has nothing to clean up. @throws TaskInterruptedException if so */
    void requireNoStop();

    /** Says how far the work is; it is seen with the next checkpoint or within seconds. */
    void progress(long done, long total);

    /** One line for the task's log, seen within seconds. No secrets. */
    void info(String line);

    /** As {@link #info}, for what went wrong and does not end the task. */
    void warn(String line);
}
