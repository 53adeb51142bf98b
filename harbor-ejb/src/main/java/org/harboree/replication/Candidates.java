// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.harboree.oci.Tag;
import org.harboree.remote.RemoteArtifact;
import org.harboree.remote.RemoteName;
import org.harboree.remote.RemoteRegistry;

/** What a policy would copy: what its source has, and its filters let pass. */
final class Candidates {
    /** Items of one task at most; a repository with more gets more tasks. */
    static final int MOST_ITEMS = 1000;

    /** Harbor's words for what its own kind of registry has, and what others have. */
    static final String ARTIFACT = "artifact";
    static final String IMAGE = "image";

    private final Policy policy;
    private final RemoteRegistry source;

    Candidates(Policy policy, RemoteRegistry source) {
        this.policy = policy;
        this.source = source;
    }

    /** Repositories whose names pass, sorted. */
    List<RemoteName> repositories() throws IOException {
        PolicyFilters filters = policy.spec().filters();
        return source.repositories(filters.names()).stream().filter(filters::matches).toList();
    }

    /**
     * What there is to copy of one repository.
     *
     * @param tags all that it has, also those that the filters keep back
     */
    record Found(List<TaskSpec> tasks, Set<Tag> tags) {
    }

    /**
     * The tasks for one repository; none if nothing of it passes. Accessories go with the artifact that they belong to;
     * those with a tag are named as well, for they are found by it (signatures of cosign's first versions).
     *
     * @throws org.harboree.error.HarborException if it can have no name on the other side
     */
    List<TaskSpec> tasks(RemoteName repository) throws IOException {
        return find(repository).tasks();
    }

    /** As {@link #tasks}. */
    Found find(RemoteName repository) throws IOException {
        List<RemoteArtifact> artifacts = source.artifacts(repository);
        List<TaskSpec.Item> items = policy.spec().filters().select(artifacts).stream()
                .filter(artifact -> !artifact.accessory() || !artifact.tags().isEmpty())
                .filter(artifact -> artifact.digest().isPresent() || !artifact.tags().isEmpty())
                .filter(artifact -> !isListOfReferrers(artifact))
                .map(Candidates::item).toList();
        List<TaskSpec> tasks = new ArrayList<>();
        for (int from = 0; from < items.size(); from += MOST_ITEMS) {
            tasks.add(task(policy, TaskSpec.Operation.COPY, repository,
                    items.subList(from, Math.min(items.size(), from + MOST_ITEMS))));
        }
        return new Found(tasks, artifacts.stream().flatMap(artifact -> artifact.tags().stream())
                .collect(Collectors.toSet()));
    }

    /** The list that a registry without an API for it keeps under a tag: what is in it goes with the artifacts. */
    private static boolean isListOfReferrers(RemoteArtifact artifact) {
        return !artifact.tags().isEmpty() && artifact.tags().stream().allMatch(Tag::isOfReferrers);
    }

    static TaskSpec task(Policy policy, TaskSpec.Operation operation, RemoteName repository,
            List<TaskSpec.Item> items) {
        return new TaskSpec(policy.id(), operation, policy.spec().source().isEmpty() ? ARTIFACT : IMAGE, repository,
                policy.spec().namespace().of(repository), items);
    }

    private static TaskSpec.Item item(RemoteArtifact artifact) {
        return new TaskSpec.Item(artifact.digest(), artifact.tags());
    }
}
