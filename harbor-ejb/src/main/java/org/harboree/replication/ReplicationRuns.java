// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.harboree.job.DueTime;
import org.harboree.job.Executions;
import org.harboree.job.NewExecution;
import org.harboree.job.NewTask;
import org.harboree.job.Trigger;

/** Starts policies, whatever the reason. */
@ApplicationScoped
class ReplicationRuns {
    /** Whose executions they are. */
    static final String VENDOR = "REPLICATION";

    private static final String SKIPPED = "Execution skipped: active replication still in progress.";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    private Executions executions;

    /**
     * Makes an execution that first finds out what there is to copy, in the running transaction, which has locked the
     * policy. Where the policy allows one at a time and one is under way, it has failed at once.
     *
     * @param operator who or what started it, for people
     * @return the execution's id
     */
    long start(Policy policy, Trigger trigger, Optional<DueTime> due, String operator) {
        String attributes = JSON.createObjectNode().put("operator", operator).toString();
        boolean skip = policy.spec().singleActive() && executions.isRunning(VENDOR, policy.id());
        List<NewTask> tasks = skip ? List.of() : List.of(ReplicationPlan.task(policy));
        NewExecution execution = due.map(time -> NewExecution.due(time, attributes, tasks))
                .orElseGet(() -> NewExecution.of(VENDOR, policy.id(), trigger, attributes, tasks));
        return skip ? executions.createFailed(execution, SKIPPED) : executions.create(execution);
    }

    /** Makes an execution that says why nothing can be done about an event. */
    void fail(Policy policy, String message, String operator) {
        executions.createFailed(NewExecution.of(VENDOR, policy.id(), Trigger.EVENT,
                JSON.createObjectNode().put("operator", operator).toString(), List.of()), message);
    }

    /** Makes an execution of one task that is known already. */
    void start(Policy policy, TaskSpec task, String operator) {
        executions.create(NewExecution.of(VENDOR, policy.id(), Trigger.EVENT,
                JSON.createObjectNode().put("operator", operator).toString(),
                List.of(new NewTask(ReplicationJob.NAME, task.toJson()))));
    }
}
