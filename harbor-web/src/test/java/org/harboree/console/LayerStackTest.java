// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.harboree.registry.ArtifactContent;
import org.junit.jupiter.api.Test;

class LayerStackTest {
    private static final String HISTORY = "[{\"created_by\":\"/bin/sh -c #(nop) ADD file:1 in / \"},"
            + "{\"created_by\":\"/bin/sh -c #(nop)  ENV A=b\",\"empty_layer\":true},"
            + "{\"created_by\":\"RUN /bin/sh -c make # buildkit\"},{\"created_by\":\"/bin/sh -c make install\"}]";

    @Test
    void shouldGiveEachStepItsLayer() {
        LayerStack stack = LayerStack.of(layers(100, 50, 0), Optional.of(HISTORY));

        assertThat(stack.getSteps()).containsExactly(new LayerStack.Step("ADD file:1 in /", 0, 100),
                new LayerStack.Step("ENV A=b", -1, 0), new LayerStack.Step("RUN make", 1, 50),
                new LayerStack.Step("RUN make install", 2, 0));
        assertThat(stack.getSteps()).extracting(stack::percent).containsExactly(100L, 0L, 50L, 0L);
        assertThat(stack.commandOf(1)).isEqualTo("RUN make");
        assertThat(stack.getShapes()).extracting(LayerStack.Shape::layer).containsExactly(0, 1);
    }

    @Test
    void shouldShowLayersWithoutAHistoryThatFits() {
        for (Optional<String> history : List.of(Optional.<String>empty(), Optional.of("[]"), Optional.of(HISTORY))) {
            assertThat(LayerStack.of(layers(1, 2), history).getSteps()).containsExactly(
                    new LayerStack.Step("", 0, 1), new LayerStack.Step("", 1, 2));
        }
    }

    @Test
    void shouldShadeByHowManyOthersHaveALayer() {
        ArtifactContent content = new ArtifactContent(1, Optional.empty(), LongStream.of(0, 1, 3, 10, 99)
                .mapToObj(shared -> new ArtifactContent.Blob("sha256:" + shared, "x", 5, shared)).toList());

        assertThat(LayerStack.of(content, Optional.empty()).getShapes()).extracting(LayerStack.Shape::shade)
                .containsExactly(0, 1, 2, 3, 3);
    }

    private static ArtifactContent layers(long... sizes) {
        return new ArtifactContent(1, Optional.empty(), LongStream.of(sizes)
                .mapToObj(size -> new ArtifactContent.Blob("sha256:" + size, "x", size, 0)).toList());
    }
}
