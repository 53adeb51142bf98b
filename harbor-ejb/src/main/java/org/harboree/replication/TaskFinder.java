// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.harboree.error.HarborException;
import org.harboree.job.TaskContext;
import org.harboree.oci.Tag;
import org.harboree.remote.RemoteName;
import org.harboree.remote.RemoteRegistry;

/**
 * Finds the tasks of a run: those of {@link Candidates}, without repositories of which the other side has everything.
 * One in which something is missing keeps its task as it is, and that looks at each artifact. Several threads may ask.
 */
final class TaskFinder {
    private final Policy policy;
    private final Candidates candidates;
    private final RemoteRegistry source;
    private final RemoteRegistry target;
    private final TaskContext task;
    private final AtomicInteger alike = new AtomicInteger();
    private volatile boolean comparing = true;

    TaskFinder(Policy policy, RemoteRegistry source, RemoteRegistry target, TaskContext task) {
        this.policy = policy;
        this.candidates = new Candidates(policy, source);
        this.source = source;
        this.target = target;
        this.task = task;
    }

    /** As {@link Candidates#repositories}. */
    List<RemoteName> repositories() throws IOException {
        return candidates.repositories();
    }

    /**
     * The tasks for one repository; none where nothing passes, or nothing is missing.
     *
     * @throws IOException what the source met when it was asked what it has
     */
    List<TaskSpec> tasks(RemoteName repository) throws IOException {
        List<TaskSpec> found = new ArrayList<>();
        Candidates.Found candidate = candidates.find(repository);
        for (TaskSpec spec : candidate.tasks()) {
            if (comparing && isDone(spec, candidate.tags())) {
                alike.incrementAndGet();
            } else {
                found.add(spec);
            }
        }
        return found;
    }

    /** How many tasks there are not, for both sides are alike. */
    int alike() {
        return alike.get();
    }

    /** The newest come last, and are the first that may be missing. */
    private boolean isDone(TaskSpec spec, Set<Tag> tags) {
        try {
            Likeness likeness = new Likeness(Transfer.Side.source(policy.spec(), source, spec), tags,
                    Transfer.Side.target(policy.spec(), target, spec), policy.spec().filters().choice(),
                    spec.items().stream().flatMap(item -> item.tags().stream()).collect(Collectors.toSet()));
            for (int i = spec.items().size() - 1; i >= 0; i--) {
                task.requireNoStop();
                if (!likeness.holdsFor(spec.items().get(i))) {
                    return false;
                }
            }
            return true;
        } catch (IOException | HarborException e) {
            // the task will meet it as well, and tell whoever looks
            task.info(spec.source() + " cannot be compared: " + e.getMessage());
            if (Problems.isOfTheRegistry(e)) {
                comparing = false;
            }
            return false;
        }
    }
}
