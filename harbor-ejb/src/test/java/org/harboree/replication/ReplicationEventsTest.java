// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.harboree.database.TestDatabase;
import org.harboree.job.Executions;
import org.harboree.job.Task;
import org.harboree.job.TaskFilter;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Sort;
import org.harboree.oci.Digest;
import org.harboree.outbox.OutboxEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ReplicationEventsTest {
    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.shared();

    @TempDir
    Path folder;

    private Replicas replicas;
    private ReplicationPolicyService policies;
    private ReplicationService runs;
    private Executions executions;

    @BeforeEach
    void open() {
        replicas = new Replicas(DATABASE, folder);
        replicas.others.put(1L, new MemoryRegistry("other"));
        policies = replicas.beans.get(ReplicationPolicyService.class);
        runs = replicas.beans.get(ReplicationService.class);
        executions = replicas.beans.get(Executions.class);
    }

    private long policy(DestinationNamespace namespace, boolean deletes) {
        return policies.create(replicas.admin, new PolicySpec("p", "", OptionalLong.empty(), OptionalLong.of(1),
                namespace, new PolicyFilters(List.of(PolicyFilter.of("name", "library/**", null))),
                PolicyTrigger.of("event_based", null), deletes, true, true, 0, false, false));
    }

    private List<Task> tasks(long execution) {
        return executions.tasks(TaskFilter.of(execution), Sort.by(), PageRequest.everything()).items();
    }

    private ReplicationService.RunFilter of(long id) {
        return new ReplicationService.RunFilter(OptionalLong.of(id), Set.of(), Optional.empty());
    }

    private void happens(String topic, String repository, Digest digest, String tag) {
        String tags = tag.isEmpty() ? "" : "\"" + tag + "\"";
        OutboxEvent event = new OutboxEvent(topic, repository, "{\"project_id\":1,\"repository\":\"" + repository
                + "\",\"digest\":\"" + digest + "\",\"tags\":[" + tags + "],\"operator\":\"ann\"}");
        ReplicationEvents events = replicas.beans.get(ReplicationEvents.class);
        if (events.wants(topic, repository)) {
            replicas.work.run(() -> events.accept(event));
        }
    }

    @Test
    void shouldFollowWhatHappensHere() {
        Digest digest = Digest.sha256(new byte[] {1});
        long id = policy(new DestinationNamespace("mirror", -1), true);

        happens("ARTIFACT_PUSHED", "library/a", digest, "v1");
        happens("TAG_DELETED", "library/a", digest, "v1");
        happens("ARTIFACT_DELETED", "library/a", digest, "v1");
        happens("ARTIFACT_PUSHED", "elsewhere/a", digest, "v1");

        List<ReplicationService.Run> started =
                runs.list(replicas.admin, of(id), Sort.by(new Sort.Key("id", false)), PageRequest.first()).items();
        assertThat(started).extracting(run -> TaskSpec.ofJson(tasks(run.execution().id()).get(0).attributes())
                .operation()).containsExactly(TaskSpec.Operation.COPY, TaskSpec.Operation.DELETE_TAG,
                        TaskSpec.Operation.DELETE_ARTIFACT);
        assertThat(started.get(0).operator()).isEqualTo("ann");
    }

    @Test
    void shouldWaitForTheIndexThatSaysWhichPlatformAnUntaggedImageIsFor() {
        long id = policies.create(replicas.admin, new PolicySpec("p", "", OptionalLong.empty(), OptionalLong.of(1),
                new DestinationNamespace("mirror", -1), new PolicyFilters(List.of(),
                        Optional.of(new PlatformChoice(List.of("linux/amd64")))),
                PolicyTrigger.of("event_based", null), false, true, true, 0, false, false));

        happens("ARTIFACT_PUSHED", "library/a", Digest.sha256(new byte[] {1}), "");
        happens("ARTIFACT_PUSHED", "library/a", Digest.sha256(new byte[] {2}), "v1");

        assertThat(runs.list(replicas.admin, of(id), Sort.by(), PageRequest.first()).total()).isEqualTo(1);
    }

    @Test
    void shouldNotDeleteUnlessToldTo() {
        long id = policy(new DestinationNamespace("mirror", -1), false);

        happens("TAG_DELETED", "library/a", Digest.sha256(new byte[] {1}), "v1");

        assertThat(runs.list(replicas.admin, of(id), Sort.by(), PageRequest.first()).total()).isZero();
    }

    @Test
    void shouldSayWhyAnEventCannotBeFollowed() {
        long id = policy(new DestinationNamespace("mirror", 5), false);

        happens("ARTIFACT_PUSHED", "library/a", Digest.sha256(new byte[] {1}), "v1");

        assertThat(runs.list(replicas.admin, of(id), Sort.by(), PageRequest.first()).items()).singleElement()
                .satisfies(run -> assertThat(run.execution().statusMessage()).contains("flattening level"));
    }
}
