// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.harboree.job.Execution;
import org.harboree.job.ExecutionStatus;
import org.harboree.job.TaskCounts;
import org.harboree.job.Trigger;
import org.harboree.replication.ReplicationService;

/** Harbor's {@code ReplicationExecution}, with the older words that it keeps for statuses and triggers. */
record ReplicationExecutionView(long id, long policyId, String status, String trigger, String startTime,
        String endTime, @JsonInclude(JsonInclude.Include.ALWAYS) String statusText,
        @JsonInclude(JsonInclude.Include.ALWAYS) long total, @JsonInclude(JsonInclude.Include.ALWAYS) long failed,
        @JsonInclude(JsonInclude.Include.ALWAYS) long succeed,
        @JsonInclude(JsonInclude.Include.ALWAYS) long inProgress,
        @JsonInclude(JsonInclude.Include.ALWAYS) long stopped) {

    static final Map<String, ExecutionStatus> STATUSES = Map.of("InProgress", ExecutionStatus.RUNNING,
            "Succeed", ExecutionStatus.SUCCESS, "Stopped", ExecutionStatus.STOPPED, "Failed", ExecutionStatus.ERROR);

    static final Map<String, Trigger> TRIGGERS = Map.of("manual", Trigger.MANUAL, "scheduled", Trigger.SCHEDULE,
            "event_based", Trigger.EVENT);

    static ReplicationExecutionView of(ReplicationService.Run run) {
        Execution execution = run.execution();
        TaskCounts tasks = run.tasks();
        return new ReplicationExecutionView(execution.id(), execution.vendorId(),
                word(STATUSES, execution.status()), word(TRIGGERS, execution.trigger()),
                Json.time(execution.startTime()), Json.time(execution.endTime()), execution.statusMessage(),
                tasks.total(), tasks.failed(), tasks.succeeded(), tasks.open(), tasks.stopped());
    }

    static <T> String word(Map<String, T> words, T meaning) {
        return words.entrySet().stream().filter(entry -> entry.getValue() == meaning).findFirst().orElseThrow()
                .getKey();
    }
}
