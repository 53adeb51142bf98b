// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.harboree.oci.Digest;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final String APP = "library/app";

    private final MemoryRegistry source = new MemoryRegistry("source");
    private final MemoryRegistry target = new MemoryRegistry("target");
    private final FakeTask task = new FakeTask();
    private final Policy policy = new Policy(1, 1, new PolicySpec("p", "", OptionalLong.empty(), OptionalLong.of(1),
            new DestinationNamespace("", -1), new PolicyFilters(List.of()), PolicyTrigger.MANUAL, true, true, true, 0,
            false, false), Instant.EPOCH, Instant.EPOCH);

    private Reconciliation report() throws IOException {
        return Comparison.of(policy, source, target);
    }

    private void run() throws IOException {
        for (TaskSpec spec : new Candidates(policy, source).tasks(MemoryRegistry.repository(APP))) {
            try (Transfer transfer = new Transfer(new Transfer.Side("0", source, spec.source()),
                    new Transfer.Side("1", target, spec.destination()), policy.spec(), task, new BlobFlights(),
                    TaskState.of(task), Set::of)) {
                for (TaskSpec.Item item : spec.items()) {
                    transfer.copy(item);
                }
            }
        }
    }

    @Test
    void shouldFindBothSidesAlikeAfterARunThatBroughtAnIndexWithSignatures() throws IOException {
        Digest child = source.image(APP, "", "layer");
        Digest index = source.index(APP, "multi", child);
        source.image(APP, "", "signature of the child", Optional.of(child));
        source.image(APP, "", "signature of the index", Optional.of(index));

        run();

        assertThat(report().isEmpty()).isTrue();
    }

    @Test
    void shouldFindASignatureThatIsMissingOfAnArtifactThatIsThere() throws IOException {
        Digest image = source.image(APP, "v1", "layer");
        run();
        Digest signature = source.image(APP, "", "signature", Optional.of(image));

        assertThat(report().missing()).singleElement()
                .satisfies(missing -> assertThat(missing.sourceDigest()).contains(signature));
        assertThat(report().bytes()).isGreaterThan("signature".length());
    }

    @Test
    void shouldFindASignatureThatIsMissingOfAChildThatIsThere() throws IOException {
        Digest child = source.image(APP, "", "layer");
        source.index(APP, "multi", child);
        run();
        Digest signature = source.image(APP, "", "signature", Optional.of(child));

        assertThat(report().missing()).singleElement()
                .satisfies(missing -> assertThat(missing.reference()).isEqualTo(signature.toString()));
    }

    @Test
    void shouldCountWhatRefersToAnArtifactThatIsMissing() throws IOException {
        Digest image = source.image(APP, "v1", "layer");
        long alone = report().bytes();

        source.image(APP, "", "a signature", Optional.of(image));

        assertThat(report().missing()).hasSize(1);
        assertThat(report().bytes()).isGreaterThan(alone + "a signature".length());
    }
}
