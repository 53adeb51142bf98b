// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.harboree.job.Executions;
import org.harboree.job.JobKind;
import org.harboree.job.NewTask;
import org.harboree.job.TaskContext;
import org.harboree.job.TaskFailedException;
import org.harboree.remote.RemoteName;
import org.harboree.remote.RemoteRegistry;
import org.harboree.transaction.UnitOfWork;

/** First task of a run: makes a task for each repository of which the other side has not all that the policy copies. */
@ApplicationScoped
class ReplicationPlan implements JobKind {
    static final String NAME = "REPLICATION_PLAN";

    private static final int CONCURRENCY = 4;
    private static final int ATTEMPTS = 3;
    /** Repositories between two checkpoints. */
    private static final int BATCH = 50;
    /** Repositories that are looked at at the same time. */
    private static final int AT_ONCE = 6;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Resource
    private ManagedThreadFactory threads;

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
        TaskFinder finder = new TaskFinder(policy, source, sides.target(policy), task);
        List<RemoteName> repositories = finder.repositories().stream().sorted().toList();
        task.info(repositories.size() + " repositories of " + source.endpoint().url() + " have a name that matches");
        int planned = (int) repositories.stream().filter(repository -> isPlanned(task, repository)).count();
        ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE, threads);
        try {
            while (planned < repositories.size()) {
                task.requireNoStop();
                List<RemoteName> next = repositories.subList(planned, Math.min(planned + BATCH, repositories.size()));
                List<NewTask> made = tasks(workers, finder, next);
                planned += next.size();
                task.checkpoint(next.get(next.size() - 1).value(), () -> executions.add(task, made));
                task.progress(planned, repositories.size());
            }
        } finally {
            workers.shutdownNow();
        }
        task.info(finder.alike() + " tasks are not made: the other side has all of it");
    }

    private static boolean isPlanned(TaskContext task, RemoteName repository) {
        return task.state().filter(last -> repository.value().compareTo(last) <= 0).isPresent();
    }

    /** Several are looked at at once: a registry that is far away answers late, not slowly. */
    private static List<NewTask> tasks(ExecutorService workers, TaskFinder finder, List<RemoteName> repositories)
            throws IOException {
        List<Callable<List<TaskSpec>>> questions =
                repositories.stream().<Callable<List<TaskSpec>>>map(name -> () -> finder.tasks(name)).toList();
        List<NewTask> made = new ArrayList<>();
        try {
            for (Future<List<TaskSpec>> found : workers.invokeAll(questions)) {
                found.get().forEach(spec -> made.add(new NewTask(ReplicationJob.NAME, spec.toJson())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while looking for what to replicate");
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        }
        return made;
    }

    private static IOException rethrown(Throwable problem) {
        if (problem instanceof IOException failure) {
            return failure;
        }
        if (problem instanceof RuntimeException failure) {
            throw failure;
        }
        throw (Error) problem;
    }

    private static long policyId(TaskContext task) {
        try {
            return JSON.readTree(task.attributes()).path("policy_id").asLong();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("attributes of a replication task are no JSON", e);
        }
    }
}
