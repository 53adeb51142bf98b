// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.harboree.access.Caller;
import org.harboree.error.HarborException;
import org.harboree.oci.Descriptor;
import org.harboree.oci.Digest;
import org.harboree.oci.ManifestParser;
import org.harboree.oci.Tag;
import org.harboree.outbox.OutboxConsumer;
import org.harboree.outbox.OutboxEvent;
import org.harboree.registry.RegistryEvent;
import org.harboree.registry.RegistryEvents;
import org.harboree.remote.RemoteArtifact;
import org.harboree.remote.RemoteName;

/** Starts event-based policies for what was pushed, tagged and deleted here. */
@ApplicationScoped
class ReplicationEvents implements OutboxConsumer {
    private static final Map<String, TaskSpec.Operation> OPERATIONS = Map.of(
            RegistryEvents.ARTIFACT_PUSHED, TaskSpec.Operation.COPY,
            RegistryEvents.TAG_CREATED, TaskSpec.Operation.COPY,
            RegistryEvents.ARTIFACT_DELETED, TaskSpec.Operation.DELETE_ARTIFACT,
            RegistryEvents.TAG_DELETED, TaskSpec.Operation.DELETE_TAG);

    @Inject
    private EventPolicies policies;

    @Inject
    private ReplicationRuns runs;

    @Inject
    private Sides sides;

    @Override
    public String name() {
        return "replication";
    }

    @Override
    public boolean wants(String topic) {
        return OPERATIONS.containsKey(topic) && !policies.all().isEmpty();
    }

    @Override
    public boolean wants(String topic, String key) {
        if (!wants(topic)) {
            return false;
        }
        RemoteName repository = RemoteName.parse(key);
        return policies.all().stream().anyMatch(policy -> isMeant(policy, topic, repository));
    }

    @Override
    public void accept(OutboxEvent event) {
        RegistryEvent happened = RegistryEvent.parse(event);
        RemoteName repository = RemoteName.parse(happened.repository());
        for (Policy policy : policies.all()) {
            if (isMeant(policy, event.topic(), repository)) {
                start(policy, OPERATIONS.get(event.topic()), repository, happened);
            }
        }
    }

    private static boolean isMeant(Policy policy, String topic, RemoteName repository) {
        boolean deleted = OPERATIONS.get(topic) != TaskSpec.Operation.COPY;
        return policy.spec().filters().matches(repository) && (!deleted || policy.spec().replicateDeletion());
    }

    private void start(Policy policy, TaskSpec.Operation operation, RemoteName repository, RegistryEvent happened) {
        List<Tag> tags = happened.tags().stream().map(Tag::parse).toList();
        Digest digest = Digest.parse(happened.digest());
        RemoteArtifact artifact = new RemoteArtifact(Optional.of(digest), tags, Set.of(), false, List.of());
        if (operation == TaskSpec.Operation.COPY && tags.isEmpty() && !policy.spec().filters().choice().isAll()
                && subjectTags(repository, digest).isEmpty()) {
            // it may be a child of an index that is to come; that will say for which platform it is
            return;
        }
        List<RemoteArtifact> passed = policy.spec().filters().select(List.of(artifact));
        if (passed.isEmpty() && tags.isEmpty() && operation == TaskSpec.Operation.COPY) {
            passed = policy.spec().filters().select(List.of(new RemoteArtifact(Optional.of(digest), List.of(),
                    Set.of(), true, subjectTags(repository, digest))));
        }
        if (!passed.isEmpty()) {
            List<TaskSpec.Item> items =
                    List.of(new TaskSpec.Item(passed.get(0).digest(), passed.get(0).tags()));
            try {
                runs.start(policy, Candidates.task(policy, operation, repository, items), happened.operator());
            } catch (HarborException e) {
                // the repository can have no name on the other side; the next event may be of another one
                runs.fail(policy, e.getMessage(), happened.operator());
            }
        }
    }

    /** Tags of the artifact that this one refers to, by which an accessory is judged. */
    private List<Tag> subjectTags(RemoteName repository, Digest digest) {
        LocalRegistry here = sides.local(Caller.system());
        return here.manifest(repository, digest)
                .flatMap(manifest -> ManifestParser.parse(manifest.bytes(), manifest.mediaType(), digest.algorithm())
                        .subject())
                .map(Descriptor::digest).map(subject -> here.tagsOf(repository, subject)).orElse(List.of());
    }
}
