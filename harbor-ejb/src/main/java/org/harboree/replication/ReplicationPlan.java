// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.harboree.job.Executions;
import org.harboree.job.JobKind;
import org.harboree.job.NewTask;
import org.harboree.job.TaskContext;
import org.harboree.job.TaskFailedException;
import org.harboree.remote.RemoteName;
import org.harboree.remote.RemoteRegistry;
import org.harboree.transaction.UnitOfWork;

/** First task of a run: finds what the policy would copy, and makes a task for each repository. */
@ApplicationScoped
class ReplicationPlan implements JobKind {
    static final String NAME = "REPLICATION_PLAN";

    private static final int CONCURRENCY = 4;
    private static final int ATTEMPTS = 3;
    private static final int BATCH = 50;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    private ReplicationPolicyDao policies;

    @Inject
    private Sides sides;

    @Inject
    private Executions executions;

    @Inject
    private UnitOfWork work;

    @Inject
    private Pause pause;

    static NewTask task(Policy policy) {
        return new NewTask(NAME, JSON.createObjectNode().put("policy_id", policy.id()).toString());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int concurrency() {
        return CONCURRENCY;
    }

    @Override
    public int attempts() {
        return ATTEMPTS;
    }

    /** The checkpoint is the name of the last repository that has its tasks. */
    @Override
    public void run(TaskContext task) throws IOException {
        long policyId = policyId(task);
        Policy policy = work.call(() -> policies.find(policyId).map(ReplicationPolicy::policy))
                .orElseThrow(() -> new TaskFailedException("replication policy " + policyId + " is no more"));
        Problems problems = new Problems();
        String what = "looking for what to replicate";
        problems.attempt(task, what, () -> new Patience(task, pause).attempt(what, () -> plan(task, policy)));
        problems.end();
    }

    private void plan(TaskContext task, Policy policy) throws IOException {
        RemoteRegistry source = sides.source(policy);
        Candidates candidates = new Candidates(policy, source);
        List<RemoteName> repositories = candidates.repositories().stream().sorted().toList();
        task.info(repositories.size() + " repositories of " + source.endpoint().url() + " have a name that matches");
        List<NewTask> made = new ArrayList<>();
        int number = 0;
        for (RemoteName repository : repositories) {
            number++;
            if (task.state().isPresent() && repository.value().compareTo(task.state().get()) <= 0) {
                continue;
            }
            task.requireNoStop();
            candidates.tasks(repository).forEach(spec -> made.add(new NewTask(ReplicationJob.NAME, spec.toJson())));
            if (made.size() >= BATCH || number == repositories.size()) {
                List<NewTask> batch = List.copyOf(made);
                task.checkpoint(repository.value(), () -> executions.add(task, batch));
                made.clear();
                task.progress(number, repositories.size());
            }
        }
    }

    private static long policyId(TaskContext task) {
        try {
            return JSON.readTree(task.attributes()).path("policy_id").asLong();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("attributes of a replication task are no JSON", e);
        }
    }
}
