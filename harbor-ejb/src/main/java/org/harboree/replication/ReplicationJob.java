// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import org.harboree.access.ProjectRef;
import org.harboree.job.Executions;
import org.harboree.job.JobKind;
import org.harboree.job.TaskContext;
import org.harboree.job.TaskFailedException;
import org.harboree.project.ProjectService;
import org.harboree.remote.RemoteName;
import org.harboree.remote.RemoteRegistry;
import org.harboree.transaction.UnitOfWork;

/**
 * Copies, or deletes, artifacts of one repository. Each is a step of its own: what goes wrong with one does not keep
 * the others, and a run after a restart goes on with those that are not done.
 */
@ApplicationScoped
class ReplicationJob implements JobKind {
    static final String NAME = "REPLICATION";

    private static final int CONCURRENCY = 6;
    private static final int ATTEMPTS = 3;

    @Inject
    private ReplicationPolicyDao policies;

    @Inject
    private Sides sides;

    @Inject
    private Executions executions;

    @Inject
    private BlobFlights flights;

    @Inject
    private ProjectService projects;

    @Inject
    private UnitOfWork work;

    @Inject
    private Pause pause;

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

    @Override
    public void run(TaskContext task) throws IOException {
        TaskSpec spec = TaskSpec.ofJson(task.attributes());
        Policy policy = work.call(() -> policies.find(spec.policyId()).map(ReplicationPolicy::policy))
                .orElseThrow(() -> new TaskFailedException("replication policy " + spec.policyId() + " is no more"));
        TaskState state = TaskState.of(task);
        Problems problems = new Problems();
        Transfer[] transfer = new Transfer[1];
        Patience patience = new Patience(task, pause);
        String opening = "opening the registries";
        problems.attempt(task, opening,
                () -> patience.attempt(opening, () -> transfer[0] = transfer(task, spec, policy, state)));
        problems.end();
        if (transfer[0] == null) {
            return;
        }
        try (Transfer open = transfer[0]) {
            run(task, spec, state, problems, open, patience);
            task.info(open.summary());
        }
        problems.end();
    }

    private static void run(TaskContext task, TaskSpec spec, TaskState state, Problems problems, Transfer transfer,
            Patience patience) {
        List<TaskSpec.Item> items = spec.items();
        for (int i = 0; i < items.size() && !problems.isHopeless(); i++) {
            TaskSpec.Item item = items.get(i);
            if (state.isDone(i)) {
                continue;
            }
            task.requireNoStop();
            String what = spec.operation().wireName() + " of " + spec.source() + " " + item;
            boolean[] changed = {true};
            boolean done = problems.attempt(task, what, () -> patience.attempt(what, () -> {
                if (spec.operation() == TaskSpec.Operation.COPY) {
                    changed[0] = transfer.copy(item);
                } else {
                    transfer.delete(item, spec.operation() == TaskSpec.Operation.DELETE_TAG);
                }
            }));
            if (done && changed[0]) {
                state.done(i);
            } else if (done) {
                state.same(i);
            }
            task.progress(state.countDone(), items.size());
        }
    }

    /** Null if the other side cannot be pushed to. */
    private Transfer transfer(TaskContext task, TaskSpec spec, Policy policy, TaskState state) throws IOException {
        RemoteRegistry source = sides.source(policy);
        RemoteRegistry target = sides.target(policy);
        if (spec.operation() == TaskSpec.Operation.COPY && !target.prepareForPush(List.of(
                new RemoteRegistry.Destination(spec.destination(), isPublic(policy, spec.source())))).isEmpty()) {
            task.warn(spec.destination() + " cannot be pushed to: skipped");
            return null;
        }
        if (policy.spec().speed() > 0) {
            task.info("no faster than " + policy.spec().speed() + " KiB per second");
        }
        return new Transfer(Transfer.Side.source(policy.spec(), source, spec),
                Transfer.Side.target(policy.spec(), target, spec), policy.spec(), task, flights, state,
                () -> TaskState.begunIn(executions.statesOfOthers(task, NAME)));
    }

    /** A project that is made on the other side is public if the one here is; of another registry we cannot tell. */
    private boolean isPublic(Policy policy, RemoteName source) {
        return policy.spec().source().isEmpty()
                && projects.find(source.firstComponent()).filter(ProjectRef::isPublic).isPresent();
    }
}
