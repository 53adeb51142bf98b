// SPDX-License-Identifier: Apache-2.0
package org.harboree.batch;

import jakarta.batch.api.BatchProperty;
import jakarta.batch.api.Batchlet;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.harboree.job.JobEngine;
import org.harboree.job.TakenTask;

/** One run of one task. How it ended stands in the task; to the batch runtime each end is a good one. */
@Named
@Dependent
public class TaskBatchlet implements Batchlet {
    static final String TASK_ID = "taskId";
    static final String FENCE = "fence";

    @Inject
    @BatchProperty(name = TASK_ID)
    private long taskId;

    @Inject
    @BatchProperty(name = FENCE)
    private long fence;

    @Inject
    private JobEngine engine;

    @Override
    public String process() {
        engine.run(new TakenTask(taskId, fence));
        return "ENDED";
    }

    /** The runtime wants its thread back, as it does when the server stops: the task goes on in another run. */
    @Override
    public void stop() {
        engine.interrupt(new TakenTask(taskId, fence));
    }
}
