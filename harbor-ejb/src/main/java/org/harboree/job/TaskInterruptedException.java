// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

/** The run ends here, by no fault of the work: it is not to be caught but by who runs the task. */
public class TaskInterruptedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** Somebody asked to stop the task. */
        STOP,
        /** This server goes down; another run goes on from the last checkpoint. */
        NODE_LEAVES,
        /** The task is not this run's any more; whatever it writes would be too late. */
        LEASE_LOST
    }

    private final Reason reason;

    public TaskInterruptedException(Reason reason) {
        super(reason.name(), null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
