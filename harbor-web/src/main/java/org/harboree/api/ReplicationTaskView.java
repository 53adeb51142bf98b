// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import java.util.Map;
import org.harboree.job.Task;
import org.harboree.job.TaskStatus;
import org.harboree.replication.ReplicationService;
import org.harboree.replication.TaskSpec;

/** Harbor's {@code ReplicationTask}; the job that does a task has the task's number. */
record ReplicationTaskView(long id, long executionId, String status, String jobId, String operation,
        String resourceType, String srcResource, String dstResource, String startTime, String endTime) {

    static final Map<String, TaskStatus> STATUSES = Map.of("Pending", TaskStatus.PENDING,
            "InProgress", TaskStatus.RUNNING, "Succeed", TaskStatus.SUCCESS, "Failed", TaskStatus.ERROR,
            "Stopped", TaskStatus.STOPPED);

    static ReplicationTaskView of(ReplicationService.RunTask runTask) {
        Task task = runTask.task();
        TaskSpec spec = runTask.spec();
        return new ReplicationTaskView(task.id(), task.executionId(),
                ReplicationExecutionView.word(STATUSES, task.status()), Long.toString(task.id()),
                spec.operation().wireName(), spec.resourceType(), spec.sourceText(), spec.destinationText(),
                Json.time(task.startTime()), Json.time(task.endTime()));
    }
}
