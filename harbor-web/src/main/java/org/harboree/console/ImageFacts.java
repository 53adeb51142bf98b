// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.harboree.oci.Platform;
import org.harboree.registry.ArtifactDetails;

/** What an artifact says of itself in its config (image-spec, config.md) and annotations, ready to be shown. */
public final class ImageFacts {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String UNKNOWN = "unknown";

    private final JsonNode facts;
    private final JsonNode annotations;

    private ImageFacts(JsonNode facts, JsonNode annotations) {
        this.facts = facts;
        this.annotations = annotations;
    }

    static ImageFacts of(ArtifactDetails artifact) {
        return new ImageFacts(json(artifact.extraAttributesJson()), json(artifact.annotationsJson()));
    }

    /** Of an image or the entries of an index; builders mark what is no image as unknown, and it is left out. */
    static List<String> platforms(ArtifactDetails artifact) {
        String own = of(artifact).getPlatform();
        Stream<String> entries = artifact.references().stream()
                .flatMap(entry -> entry.platform().stream()).map(ImageFacts::platform);
        return Stream.concat(Stream.of(own), entries)
                .filter(name -> !name.isEmpty() && !name.contains(UNKNOWN)).distinct().toList();
    }

    /** {@code linux/arm64/v8}. */
    static String platform(Platform platform) {
        return Stream.of(platform.os(), platform.architecture(), platform.variant())
                .filter(part -> !part.isEmpty()).collect(Collectors.joining("/"));
    }

    /** {@code linux/arm64/v8}; empty if the config does not say. */
    public String getPlatform() {
        return Stream.of("os", "architecture", "variant").map(name -> facts.path(name).asText(""))
                .filter(part -> !part.isEmpty()).collect(Collectors.joining("/"));
    }

    public String getAuthor() {
        return facts.path("author").asText("");
    }

    /** When it was built; null if the config does not say. */
    public Instant getCreated() {
        try {
            return OffsetDateTime.parse(facts.path("created").asText("")).toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** What is run, as one would type it. */
    public String getEntrypoint() {
        return words("Entrypoint");
    }

    public String getCommand() {
        return words("Cmd");
    }

    public String getWorkingDirectory() {
        return config("WorkingDir").asText("");
    }

    public String getUser() {
        return config("User").asText("");
    }

    public List<String> getPorts() {
        return names("ExposedPorts");
    }

    public List<String> getVolumes() {
        return names("Volumes");
    }

    /** By name, in the order of the config. */
    public Map<String, String> getEnvironment() {
        Map<String, String> variables = new LinkedHashMap<>();
        for (JsonNode variable : config("Env")) {
            String text = variable.asText();
            int equals = text.indexOf('=');
            variables.put(equals < 0 ? text : text.substring(0, equals), equals < 0 ? "" : text.substring(equals + 1));
        }
        return variables;
    }

    public Map<String, String> getLabels() {
        return texts(config("Labels"));
    }

    /** The manifest's. */
    public Map<String, String> getAnnotations() {
        return texts(annotations);
    }

    /** Whether the config says anything of how the image is run. */
    public boolean isConfigured() {
        return facts.path("config").isObject();
    }

    private JsonNode config(String name) {
        return facts.path("config").path(name);
    }

    private String words(String name) {
        List<String> words = new ArrayList<>();
        config(name).forEach(word -> words.add(quoted(word.asText())));
        return String.join(" ", words);
    }

    private static String quoted(String word) {
        return word.isEmpty() || word.chars().anyMatch(Character::isWhitespace)
                ? "'" + word.replace("'", "'\\''") + "'" : word;
    }

    private List<String> names(String name) {
        List<String> names = new ArrayList<>();
        config(name).fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.fields().forEachRemaining(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }

    private static JsonNode json(Optional<String> text) {
        try {
            return text.isPresent() ? JSON.readTree(text.get()) : MissingNode.getInstance();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the registry wrote it", e);
        }
    }
}
