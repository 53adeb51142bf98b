// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.harboree.transaction.UnitOfWork;

/** Removes executions that {@link JobKind#keptExecutions} newer ones of their vendor have outlived, and dead nodes. */
@ApplicationScoped
public class ExecutionSweep implements JobKind {
    /** Harbor's name. */
    public static final String NAME = "EXECUTION_SWEEP";

    private static final int BATCH = 100;
    private static final int KEPT = 10;
    private static final int KEPT_OF_UNKNOWN = 50;

    @Inject
    private ExecutionDao executions;

    @Inject
    private JobNodeDao nodes;

    @Inject
    private JobKinds kinds;

    @Inject
    private UnitOfWork work;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int concurrency() {
        return 1;
    }

    @Override
    public int keptExecutions() {
        return KEPT;
    }

    @Override
    public Optional<String> systemSchedule() {
        return Optional.of("0 37 * * * *");
    }

    @Override
    public void run(TaskContext task) {
        int removed = 0;
        for (Vendor vendor : executions.vendors()) {
            int keep = kinds.find(vendor.type()).map(JobKind::keptExecutions).orElse(KEPT_OF_UNKNOWN);
            int deleted;
            do {
                task.requireNoStop();
                deleted = work.call(() -> executions.deleteEnded(vendor.type(), vendor.id(), keep, BATCH));
                removed += deleted;
            } while (deleted == BATCH);
        }
        work.run(nodes::deleteDead);
        task.info(removed + " executions removed");
        if (removed > 0) {
            JobLog.LOG.swept(removed);
        }
    }
}
