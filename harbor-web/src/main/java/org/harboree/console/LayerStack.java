// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.harboree.registry.ArtifactContent;
import org.harboree.registry.ArtifactContent.Blob;

/** The layers of an image beside the steps that made them: by area, and from the first to the last. */
public final class LayerStack {
    /** Width of the drawing. */
    public static final int WIDTH = 720;
    /** Its height. */
    public static final int HEIGHT = 260;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int[] SHADES = {1, 3, 10};

    private final List<Blob> layers;
    private final List<Step> steps;
    private final long largest;

    /**
     * A step of the build.
     *
     * @param command as a Dockerfile would have it; empty if the config has no history
     * @param layer number of the layer that it made, -1 for none
     * @param bytes of the layer, 0 for none
     */
    public record Step(String command, int layer, long bytes) {
    }

    /**
     * A layer in the drawing.
     *
     * @param layer its number
     * @param shade 0 to 3, by how many others have it
     */
    public record Shape(int layer, String x, String y, String width, String height, int shade) {
    }

    private LayerStack(List<Blob> layers, List<Step> steps) {
        this.layers = layers;
        this.steps = steps;
        this.largest = layers.stream().mapToLong(Blob::size).max().orElse(0);
    }

    /** @param history a JSON array as the config has it; not believed where it does not fit the layers */
    static LayerStack of(ArtifactContent content, Optional<String> history) {
        List<Blob> layers = content.layers();
        List<Step> steps = new ArrayList<>();
        int next = 0;
        for (JsonNode line : history.map(LayerStack::json).orElse(JSON.createArrayNode())) {
            String command = command(line.path("created_by").asText(""));
            boolean empty = line.path("empty_layer").asBoolean();
            if (!empty && next == layers.size()) {
                return withoutHistory(layers);
            }
            steps.add(empty ? new Step(command, -1, 0) : new Step(command, next, layers.get(next).size()));
            next += empty ? 0 : 1;
        }
        return next == layers.size() ? new LayerStack(layers, steps) : withoutHistory(layers);
    }

    private static LayerStack withoutHistory(List<Blob> layers) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            steps.add(new Step("", i, layers.get(i).size()));
        }
        return new LayerStack(layers, steps);
    }

    public List<Blob> getLayers() {
        return layers;
    }

    /** From the first to the last. */
    public List<Step> getSteps() {
        return steps;
    }

    public List<Shape> getShapes() {
        return Treemap.of(layers.stream().map(Blob::size).toList(), WIDTH, HEIGHT).stream().map(tile ->
                new Shape(tile.number(), number(tile.x()), number(tile.y()), number(tile.width()),
                        number(tile.height()), shade(layers.get(tile.number()).sharedWith())))
                .toList();
    }

    /** How long the bar of a step is, in percent of the largest. */
    public long percent(Step step) {
        return largest == 0 ? 0 : Math.max(step.bytes() == 0 ? 0 : 1, step.bytes() * 100 / largest);
    }

    /** What made that layer; empty if nobody says. */
    public String commandOf(int layer) {
        return steps.stream().filter(step -> step.layer() == layer).map(Step::command).findFirst().orElse("");
    }

    private static int shade(long sharedWith) {
        int shade = 0;
        while (shade < SHADES.length && sharedWith >= SHADES[shade]) {
            shade++;
        }
        return shade;
    }

    /** Without what builders write around it. */
    private static String command(String createdBy) {
        String text = createdBy.strip().replaceFirst("\\s*# buildkit$", "");
        if (text.startsWith("/bin/sh -c #(nop)")) {
            return text.substring("/bin/sh -c #(nop)".length()).strip();
        }
        return text.replaceFirst("^(RUN )?/bin/sh -c ", "RUN ");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the registry wrote it", e);
        }
    }
}
