// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.harboree.outbox.OutboxEvent;

/**
 * Something that happened to an artifact; its topics are in {@link RegistryEvents}, its key is the repository's name.
 *
 * <pre>{"project_id":1,"repository":"library/busybox","digest":"sha256:…","tags":["1"],"operator":"admin"}</pre>
 *
 * @param repository full name, {@code project/rest}
 * @param tags those that a push moved, that a deletion took along, or the one that was made or deleted; empty for a
 *     push by digest
 * @param operator name of who did it; empty where nobody signed in
 */
public record RegistryEvent(long projectId, String repository, String digest, List<String> tags, String operator) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public RegistryEvent {
        tags = List.copyOf(tags);
    }

    /** @throws IllegalArgumentException for the payload of another kind of event */
    public static RegistryEvent parse(OutboxEvent event) {
        try {
            JsonNode json = JSON.readTree(event.payload());
            List<String> tags = new ArrayList<>();
            json.required("tags").forEach(tag -> tags.add(tag.textValue()));
            return new RegistryEvent(json.required("project_id").longValue(), json.required("repository").textValue(),
                    json.required("digest").textValue(), tags, json.required("operator").textValue());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no event of the registry: " + event.payload(), e);
        }
    }

    OutboxEvent toOutbox(String topic) {
        ObjectNode json = JSON.createObjectNode().put("project_id", projectId).put("repository", repository)
                .put("digest", digest);
        json.putPOJO("tags", tags);
        return new OutboxEvent(topic, repository, json.put("operator", operator).toString());
    }
}
