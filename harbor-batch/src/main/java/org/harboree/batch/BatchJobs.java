// SPDX-License-Identifier: Apache-2.0
package org.harboree.batch;

import jakarta.batch.runtime.BatchRuntime;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.util.Properties;
import org.harboree.job.TakenTask;

/**
 * The only caller of the batch runtime. An EJB, because the runtime finds the job's XML by the caller's deployment;
 * without a transaction, because each of the runtime's records commits by itself.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class BatchJobs {
    private static final String JOB = "task";

    /** Gives the task a thread of the runtime's pool. @return the runtime's execution */
    public long start(TakenTask task) {
        Properties parameters = new Properties();
        parameters.setProperty(TaskBatchlet.TASK_ID, Long.toString(task.taskId()));
        parameters.setProperty(TaskBatchlet.FENCE, Long.toString(task.fence()));
        return BatchRuntime.getJobOperator().start(JOB, parameters);
    }
}
