// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import org.harboree.oci.Digest;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final String APP = "library/app";

    private final MemoryRegistry source = new MemoryRegistry("source");
    private final MemoryRegistry target = new MemoryRegistry("target");
    private final MemoryRun copy = new MemoryRun(source, target, new FakeTask());

    private Reconciliation report() throws IOException {
        return Comparison.of(copy.policy(), source, target);
    }

    private void run() throws IOException {
        copy.copy(new Candidates(copy.policy(), source).tasks(MemoryRegistry.repository(APP)));
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
