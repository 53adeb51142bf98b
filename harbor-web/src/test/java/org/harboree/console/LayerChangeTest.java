// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.harboree.registry.ArtifactContent.Blob;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerChangeTest {
    @ParameterizedTest
    @CsvSource({"abc,abd,=a =b -c +d", "abc,abc,=a =b =c", "ab,cd,-a -b +c +d", "abc,ac,=a -b =c", "ac,abc,=a +b =c",
        "ab,ba,=b =a", "axb,ayb,=a -x +y =b", "aab,ab,=a =b"})
    void shouldAlignByDigest(String first, String second, String changes) {
        assertThat(LayerChange.between(layers(first), layers(second)).stream()
                .map(change -> switch (change.kind()) {
                    case KEPT -> "=";
                    case ADDED -> "+";
                    case DROPPED -> "-";
                } + change.digest()).collect(Collectors.joining(" "))).isEqualTo(changes);
    }

    private static List<Blob> layers(String names) {
        return Stream.of(names.split("")).map(name -> new Blob(name, "layer", 1, 0)).toList();
    }
}
