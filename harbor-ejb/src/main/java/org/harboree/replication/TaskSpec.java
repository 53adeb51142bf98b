// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.harboree.oci.Digest;
import org.harboree.oci.Tag;
import org.harboree.remote.RemoteName;

/**
 * What one task of a run does: something with some artifacts of one repository.
 *
 * @param resourceType Harbor's word for what the source has
 * @param source the repository on the source
 * @param destination the repository on the other side
 */
public record TaskSpec(long policyId, Operation operation, String resourceType, RemoteName source,
        RemoteName destination, List<Item> items) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is done. */
    public enum Operation {
        COPY("copy"), DELETE_ARTIFACT("deletion"), DELETE_TAG("tag deletion");

        private final String wireName;

        Operation(String wireName) {
            this.wireName = wireName;
        }

        /** Harbor's name. */
        public String wireName() {
            return wireName;
        }

        private static Operation of(String wireName) {
            for (Operation operation : values()) {
                if (operation.wireName.equals(wireName)) {
                    return operation;
                }
            }
            throw new IllegalArgumentException("no operation " + wireName);
        }
    }

    /**
     * One artifact.
     *
     * @param digest where it is known; to copy, the tags are asked for theirs
     * @param tags those that are meant; without any, the artifact itself is
     */
    public record Item(Optional<Digest> digest, List<Tag> tags) {
        public Item {
            tags = List.copyOf(tags);
        }

        /** How many things Harbor counts in it. */
        int count() {
            return tags.isEmpty() ? 1 : tags.size();
        }

        @Override
        public String toString() {
            String names = String.join(",", tags.stream().map(Tag::value).toList());
            return tags.isEmpty() ? digest.map(Digest::toString).orElse("") : names;
        }
    }

    public TaskSpec {
        items = List.copyOf(items);
    }

    /** As Harbor shows the source of a task. */
    public String sourceText() {
        return text(source);
    }

    /** As Harbor shows the destination of a task. */
    public String destinationText() {
        return text(destination);
    }

    private String text(RemoteName name) {
        return name + " [" + itemCount() + " item(s) in total]";
    }

    /** Tags that are meant, and artifacts without a tag. */
    public int itemCount() {
        return items.stream().mapToInt(Item::count).sum();
    }

    /** For the task's row. */
    String toJson() {
        ObjectNode node = JSON.createObjectNode().put("policy_id", policyId).put("operation", operation.wireName())
                .put("resource_type", resourceType).put("source", source.value())
                .put("destination", destination.value());
        ArrayNode list = node.putArray("items");
        for (Item item : items) {
            ObjectNode entry = list.addObject();
            item.digest().ifPresent(digest -> entry.put("digest", digest.toString()));
            ArrayNode tags = entry.putArray("tags");
            item.tags().forEach(tag -> tags.add(tag.value()));
        }
        return node.toString();
    }

    /** From a task's row. */
    static TaskSpec ofJson(String json) {
        try {
            JsonNode node = JSON.readTree(json);
            List<Item> items = new ArrayList<>();
            for (JsonNode entry : node.path("items")) {
                List<Tag> tags = new ArrayList<>();
                entry.path("tags").forEach(tag -> tags.add(Tag.parse(tag.asText())));
                items.add(new Item(Optional.ofNullable(entry.get("digest")).map(JsonNode::asText).map(Digest::parse),
                        tags));
            }
            return new TaskSpec(node.path("policy_id").asLong(), Operation.of(node.path("operation").asText()),
                    node.path("resource_type").asText(), RemoteName.parse(node.path("source").asText()),
                    RemoteName.parse(node.path("destination").asText()), items);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("attributes of a replication task are no JSON", e);
        }
    }
}
