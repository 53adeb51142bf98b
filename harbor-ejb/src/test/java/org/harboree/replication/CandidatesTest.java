// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.harboree.oci.Digest;
import org.harboree.oci.Tag;
import org.harboree.remote.RemoteName;
import org.junit.jupiter.api.Test;

class CandidatesTest {
    private final MemoryRegistry source = new MemoryRegistry("source");
    private final MemoryRegistry target = new MemoryRegistry("target");

    private static Policy policy(PolicyFilter... filters) {
        return new Policy(5, 1, new PolicySpec("p", "", OptionalLong.empty(), OptionalLong.of(1),
                new DestinationNamespace("mirror", -1), new PolicyFilters(List.of(filters)), PolicyTrigger.MANUAL,
                false, true, true, 0, false, false), Instant.EPOCH, Instant.EPOCH);
    }

    private List<TaskSpec> tasks(Policy policy) throws IOException {
        List<TaskSpec> tasks = new ArrayList<>();
        Candidates candidates = new Candidates(policy, source);
        for (RemoteName repository : candidates.repositories()) {
            tasks.addAll(candidates.tasks(repository));
        }
        return tasks;
    }

    private static TaskSpec.Item item(String tag) {
        return new TaskSpec.Item(Optional.empty(), List.of(Tag.parse(tag)));
    }

    @Test
    void shouldMakeATaskForEachRepositoryThatHasSomething() throws IOException {
        source.image("library/a", "v1", "a");
        source.image("library/a", "v2", "b");
        source.image("library/b", "latest", "b");
        source.image("other/c", "v1", "c");
        source.image("library/untagged", "", "d");

        List<TaskSpec> tasks = tasks(policy(PolicyFilter.of("name", "library/**", null),
                PolicyFilter.of("tag", "v*", null)));

        assertThat(tasks).hasSize(1);
        assertThat(tasks.get(0).items()).containsExactly(item("v1"), item("v2"));
        assertThat(tasks.get(0).sourceText()).isEqualTo("library/a [2 item(s) in total]");
        assertThat(tasks.get(0).destinationText()).isEqualTo("mirror/a [2 item(s) in total]");
        assertThat(tasks.get(0).resourceType()).isEqualTo("artifact");
        assertThat(TaskSpec.ofJson(tasks.get(0).toJson())).isEqualTo(tasks.get(0));
    }

    @Test
    void shouldSplitWhatIsTooMuchForOneTask() throws IOException {
        for (int i = 0; i <= Candidates.MOST_ITEMS; i++) {
            source.image("library/a", "v" + i, "same");
        }

        assertThat(tasks(policy())).extracting(task -> task.items().size()).containsExactly(Candidates.MOST_ITEMS, 1);
    }

    @Test
    void shouldNameAnAccessoryOnlyWhereItIsFoundByATag() throws IOException {
        Digest image = source.image("library/a", "v1", "a");
        Digest tagged = source.image("library/a", "sha256-" + image.hex() + ".sig", "b");
        Digest untagged = source.image("library/a", "", "c");
        source.accessories = Set.of(tagged, untagged);

        assertThat(tasks(policy()).get(0).items()).containsExactlyInAnyOrder(item("v1"),
                new TaskSpec.Item(Optional.of(tagged), List.of(Tag.parse("sha256-" + image.hex() + ".sig"))));
    }

    @Test
    void shouldNotTakeAListOfReferrersForAnArtifact() throws IOException {
        Digest image = source.image("library/a", "v1", "a");
        source.index("library/a", "sha256-" + image.hex(), image);

        assertThat(tasks(policy()).get(0).items()).containsExactly(item("v1"));
    }

    private Reconciliation report() throws IOException {
        return Comparison.of(policy(), source, target);
    }

    @Test
    void shouldReportWhatIsMissingDifferentAndExtraWithItsBytes() throws IOException {
        Digest missing = source.image("library/a", "missing", "missing layer");
        Digest fresh = source.image("library/a", "different", "new layer");
        Digest old = target.image("mirror/a", "different", "old layer");
        Digest extra = target.image("mirror/a", "extra", "extra layer");
        Digest same = source.image("library/a", "same", "same layer");
        target.image("mirror/a", "same", "same layer");

        Reconciliation report = report();

        assertThat(report.missing()).extracting(Reconciliation.Difference::reference).containsExactly("missing");
        assertThat(report.missing().get(0).sourceDigest()).contains(missing);
        assertThat(report.different()).singleElement().satisfies(difference -> {
            assertThat(difference.sourceDigest()).contains(fresh);
            assertThat(difference.destinationDigest()).contains(old);
        });
        assertThat(report.extra()).singleElement().satisfies(difference -> {
            assertThat(difference.destinationDigest()).contains(extra);
            assertThat(difference.destination().value()).isEqualTo("mirror/a");
        });
        assertThat(report.bytes()).isEqualTo(size(missing, "missing layer") + size(fresh, "new layer"));
        assertThat(report.complete()).isTrue();
        assertThat(report.isEmpty()).isFalse();
        assertThat(target.changes).isEmpty();
        assertThat(same).isNotNull();
    }

    private long size(Digest digest, String layer) {
        return source.manifest("library/a", digest).bytes().length + layer.length()
                + ("{\"of\":\"" + layer + "\"}").length();
    }

    @Test
    void shouldReportAChildOfAnIndexThatTheOtherSideLacks() throws IOException {
        Digest child = source.image("library/a", "", "child layer");
        source.index("library/a", "multi", child);
        target.image("mirror/a", "", "child layer");
        target.index("mirror/a", "multi", child);
        target.remove("mirror/a", child);

        Reconciliation report = report();

        assertThat(report.missing()).extracting(Reconciliation.Difference::reference)
                .containsExactly(child.toString());
        assertThat(report.different()).isEmpty();
    }

    @Test
    void shouldReportNothingWhereBothSidesAreTheSame() throws IOException {
        source.image("library/a", "same", "same layer");
        target.image("mirror/a", "same", "same layer");

        assertThat(report().isEmpty()).isTrue();
        assertThat(report().bytes()).isZero();
    }
}
