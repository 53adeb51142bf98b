// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.harboree.access.AccessGuard;
import org.harboree.access.Caller;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.error.Reason;
import org.harboree.job.Execution;
import org.harboree.job.ExecutionFilter;
import org.harboree.job.ExecutionStatus;
import org.harboree.job.Executions;
import org.harboree.job.Task;
import org.harboree.job.TaskCounts;
import org.harboree.job.TaskFilter;
import org.harboree.job.TaskStatus;
import org.harboree.job.Trigger;
import org.harboree.listing.Page;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query;
import org.harboree.listing.Sort;
import org.harboree.remote.RemoteRegistryException;
import org.harboree.transaction.UnitOfWork;

/**
 * Runs of replication policies. All of it is for system administrators: UNAUTHORIZED or FORBIDDEN for others.
 *
 * <p>The task that finds out what there is to do is not shown, as Harbor has none; its failure is the execution's.
 */
@ApplicationScoped
public class ReplicationService {
    /** The keys that executions can be sorted by. */
    public static final Set<String> EXECUTION_KEYS = Executions.EXECUTION_KEYS.keySet();

    /** The keys that tasks can be sorted by. */
    public static final Set<String> TASK_KEYS = Executions.TASK_KEYS.keySet();

    private static final ObjectMapper JSON = new ObjectMapper();
    /** No policy has it. */
    private static final long UNSAVED = 0;

    @Inject
    private AccessGuard guard;

    @Inject
    private ReplicationPolicyDao policies;

    @Inject
    private ReplicationRuns runs;

    @Inject
    private Sides sides;

    @Inject
    private Executions executions;

    @Inject
    private UnitOfWork work;

    /**
     * A run.
     *
     * @param tasks how many of the shown tasks stand where
     * @param operator who started it, for people
     */
    public record Run(Execution execution, TaskCounts tasks, String operator) {
    }

    /** A task of a run, with what it does. */
    public record RunTask(Task task, TaskSpec spec) {
    }

    /**
     * Which runs to list.
     *
     * @param statuses only these; empty for all
     */
    public record RunFilter(OptionalLong policyId, Set<ExecutionStatus> statuses, Optional<Trigger> trigger) {
    }

    /**
     * Starts a policy.
     *
     * @return the execution's id
     * @throws HarborException NOT_FOUND; PRECONDITION if the policy is disabled
     */
    public long start(Caller caller, long policyId) {
        guard.requireSysadmin(caller);
        return work.call(() -> {
            Policy policy = policies.lock(policyId).map(ReplicationPolicy::policy)
                    .orElseThrow(() -> ReplicationPolicyService.missing(policyId));
            if (!policy.spec().enabled()) {
                throw new HarborException(ErrorCode.PRECONDITION, "the policy " + policyId + " is disabled")
                        .because(Reason.RULE_DISABLED);
            }
            return runs.start(policy, Trigger.MANUAL, Optional.empty(), caller.name());
        });
    }

    /** @param sort by {@link #EXECUTION_KEYS} */
    public Page<Run> list(Caller caller, RunFilter filter, Sort sort, PageRequest page) {
        guard.requireSysadmin(caller);
        List<Long> vendors = filter.policyId().stream().boxed().toList();
        return work.call(() -> {
            Page<Execution> found = executions.list(new ExecutionFilter(ReplicationRuns.VENDOR, vendors,
                    filter.statuses(), filter.trigger(), Query.none()), sort, page);
            Map<Long, TaskCounts> counts = executions.counts(
                    found.items().stream().map(Execution::id).toList(), ReplicationJob.NAME);
            return found.map(execution -> run(execution, counts));
        });
    }

    /** The newest run of each policy; one that never ran is missing. */
    public Map<Long, Execution> newest(Caller caller, Collection<Long> policyIds) {
        guard.requireSysadmin(caller);
        return work.call(() -> executions.newest(ReplicationRuns.VENDOR, policyIds));
    }

    /** Another word whenever a run of the policy comes, changes or goes. @param policyId empty for all policies */
    public String version(Caller caller, OptionalLong policyId) {
        guard.requireSysadmin(caller);
        return work.call(() -> executions.version(ReplicationRuns.VENDOR, policyId));
    }

    /**
     * Another word whenever the run gets on.
     *
     * @param taskId a task of which the log is watched, too
     * @throws HarborException NOT_FOUND
     */
    public String version(Caller caller, long id, OptionalLong taskId) {
        guard.requireSysadmin(caller);
        return work.call(() -> {
            execution(id);
            String version = executions.version(id);
            return taskId.isEmpty() ? version
                    : version + "-" + executions.logVersion(task(id, taskId.getAsLong()).id());
        });
    }

    /** @throws HarborException NOT_FOUND */
    public Run get(Caller caller, long id) {
        guard.requireSysadmin(caller);
        return work.call(() -> run(execution(id), executions.counts(List.of(id), ReplicationJob.NAME)));
    }

    /** Ends what waits, and what runs at its next checkpoint. @throws HarborException NOT_FOUND */
    public void stop(Caller caller, long id) {
        guard.requireSysadmin(caller);
        work.run(() -> executions.stop(execution(id).id()));
    }

    /**
     * @param statuses only these; empty for all
     * @param resourceType only these, by Harbor's word; empty for all
     * @param sort by {@link #TASK_KEYS}
     * @throws HarborException NOT_FOUND
     */
    public Page<RunTask> tasks(Caller caller, long id, Set<TaskStatus> statuses, Optional<String> resourceType,
            Sort sort, PageRequest page) {
        guard.requireSysadmin(caller);
        return work.call(() -> {
            execution(id);
            TaskFilter filter = new TaskFilter(id, Optional.of(ReplicationJob.NAME), statuses, Query.none());
            Page<RunTask> found = executions.tasks(filter, sort, page)
                    .map(ReplicationService::runTask);
            // the tasks of a run have one source, and so one type
            boolean other = resourceType.isPresent() && found.items().stream()
                    .anyMatch(task -> !task.spec().resourceType().equals(resourceType.get()));
            return other ? new Page<>(List.of(), 0) : found;
        });
    }

    /** The log of a task, line by line. @throws HarborException NOT_FOUND also for a task of another execution */
    public String log(Caller caller, long id, long taskId) {
        guard.requireSysadmin(caller);
        return work.call(() -> executions.log(task(id, taskId).id()));
    }

    /** The last lines of a task's log, at most so many. @throws HarborException as {@link #log} */
    public List<String> lastLines(Caller caller, long id, long taskId, int most) {
        guard.requireSysadmin(caller);
        return work.call(() -> executions.lastLines(task(id, taskId).id(), most));
    }

    /** A task of a run. @throws HarborException NOT_FOUND also for a task of another execution */
    public RunTask task(Caller caller, long id, long taskId) {
        guard.requireSysadmin(caller);
        return work.call(() -> runTask(task(id, taskId)));
    }

    /**
     * What a run of a policy that is not saved yet would find. The name need not be there; to look at this registry,
     * the other one need not either.
     *
     * @throws HarborException BAD_REQUEST where a repository could have no name on the other side; NOT_FOUND for a
     *     registry; PRECONDITION with what a registry answered where it cannot be asked
     */
    public Preview preview(Caller caller, PolicySpec spec) {
        guard.requireSysadmin(caller);
        return asking(() -> {
            Policy policy = unsaved(caller, spec);
            return Preview.of(new Candidates(policy, sides.source(policy)));
        });
    }

    /** As {@link #reconcile(Caller, long)}, of a policy that is not saved yet; the name need not be there. */
    public Reconciliation reconcile(Caller caller, PolicySpec spec) {
        guard.requireSysadmin(caller);
        spec.requireEnds();
        return reconcile(unsaved(caller, spec));
    }

    private static Policy unsaved(Caller caller, PolicySpec spec) {
        return new Policy(UNSAVED, caller.userId(), spec, Instant.EPOCH, Instant.EPOCH);
    }

    /**
     * What a run would do now, without doing it: both sides are compared by digests. It takes requests to the other
     * registry in proportion to the tags, up to a limit.
     *
     * @throws HarborException NOT_FOUND; PRECONDITION with what a registry answered where it cannot be asked
     */
    public Reconciliation reconcile(Caller caller, long policyId) {
        guard.requireSysadmin(caller);
        Policy policy = work.call(() -> policies.find(policyId).map(ReplicationPolicy::policy))
                .orElseThrow(() -> ReplicationPolicyService.missing(policyId));
        return reconcile(policy);
    }

    private Reconciliation reconcile(Policy policy) {
        return asking(() -> Comparison.of(policy, sides.source(policy), sides.target(policy)));
    }

    /** Something that asks registries. */
    private interface Question<T> {
        T ask() throws IOException;
    }

    private static <T> T asking(Question<T> question) {
        try {
            return question.ask();
        } catch (RemoteRegistryException e) {
            throw unreachable(e.getMessage());
        } catch (IOException e) {
            throw unreachable("a registry cannot be asked: " + e.getMessage());
        }
    }

    private static HarborException unreachable(String message) {
        return new HarborException(ErrorCode.PRECONDITION, message, message).because(Reason.REGISTRY_UNREACHABLE);
    }

    private Task task(long id, long taskId) {
        execution(id);
        return executions.findTask(taskId).filter(task -> task.executionId() == id)
                .filter(task -> task.kind().equals(ReplicationJob.NAME))
                .orElseThrow(() -> new HarborException(ErrorCode.NOT_FOUND,
                        "execution " + id + " contains no task with ID " + taskId));
    }

    private static RunTask runTask(Task task) {
        return new RunTask(task, TaskSpec.ofJson(task.attributes()));
    }

    private Execution execution(long id) {
        return executions.find(id).filter(found -> found.vendorType().equals(ReplicationRuns.VENDOR))
                .orElseThrow(() -> new HarborException(ErrorCode.NOT_FOUND,
                        "replication execution " + id + " not found"));
    }

    private static Run run(Execution execution, Map<Long, TaskCounts> counts) {
        try {
            return new Run(execution, counts.get(execution.id()),
                    JSON.readTree(execution.attributes()).path("operator").asText());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("attributes of execution " + execution.id() + " are no JSON", e);
        }
    }
}
