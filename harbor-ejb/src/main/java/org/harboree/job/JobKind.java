// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import java.util.Optional;

/** A kind of work: how much of it at once, how often, and the work itself. Found by CDI; one bean for each name. */
public interface JobKind {

    /** Harbor's name of the kind where it has one ({@code REPLICATION}); at most 64 characters, never changed. */
    String name();

    /** How many tasks of this kind one node runs at once; 1 or more. */
    int concurrency();

    /** How many attempts a task has before it ends as Error; 1 means that the first error is the last. */
    default int attempts() {
        return 1;
    }

    /** How many ended executions of one vendor are kept, apart from those that still run. */
    default int keptExecutions() {
        return 50;
    }

    /**
     * When the product itself runs it, as Harbor's six-field cron; empty for what others start. Such an execution has
     * the kind's name as vendor type, vendor id 0 and one task.
     */
    default Optional<String> systemSchedule() {
        return Optional.empty();
    }

    /**
     * Does one task, by the rules of {@link TaskContext}. Called without a transaction.
     *
     * @throws Exception any: the attempt has failed
     */
    void run(TaskContext task) throws Exception;
}
