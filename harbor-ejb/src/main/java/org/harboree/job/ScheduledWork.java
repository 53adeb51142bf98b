// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

/** What is done when a schedule of that vendor type is due. Found by CDI; one for each vendor type. */
public interface ScheduledWork {

    /** The schedules that it answers to. */
    String vendorType();

    /**
     * Makes the execution, with {@link NewExecution#due}, or none where there is nothing to run. Called once for each
     * due time, in the transaction that moves the schedule on: it touches the database and nothing else.
     */
    void due(DueTime dueTime);
}
