// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.harboree.oci.NamePattern;
import org.harboree.remote.RemoteArtifact;
import org.harboree.remote.RemoteName;

/** All conditions of a policy; what passes them all is replicated. */
public record PolicyFilters(List<PolicyFilter> all) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public PolicyFilters {
        all = List.copyOf(all);
    }

    /** The pattern by which a registry is asked for its repositories; {@link #matches} decides then. */
    NamePattern names() {
        return names(all).stream().findFirst().orElseGet(NamePattern::everything);
    }

    boolean matches(RemoteName repository) {
        return names(all).stream().allMatch(pattern -> pattern.matches(repository.value()));
    }

    List<RemoteArtifact> select(List<RemoteArtifact> artifacts) {
        List<RemoteArtifact> left = artifacts;
        for (PolicyFilter filter : all) {
            left = filter.select(left);
        }
        return left;
    }

    /** For the database, in the API's own form. */
    String toJson() {
        ArrayNode list = JSON.createArrayNode();
        for (PolicyFilter filter : all) {
            ObjectNode node = list.addObject().put("type", filter.type().wireName());
            node.set("value", JSON.valueToTree(filter.value()));
            if (!filter.decoration().isEmpty()) {
                node.put("decoration", filter.decoration());
            }
        }
        return list.toString();
    }

    static PolicyFilters ofJson(String json) {
        try {
            List<PolicyFilter> filters = new ArrayList<>();
            for (JsonNode node : JSON.readTree(json)) {
                filters.add(PolicyFilter.of(node.path("type").asText(),
                        JSON.treeToValue(node.path("value"), Object.class), node.path("decoration").asText()));
            }
            return new PolicyFilters(filters);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("filters of a policy are no JSON", e);
        }
    }

    private static List<NamePattern> names(List<PolicyFilter> filters) {
        return filters.stream().filter(filter -> filter.type() == PolicyFilter.Type.NAME).map(PolicyFilter::pattern)
                .toList();
    }
}
