// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.harboree.oci.NamePattern;
import org.harboree.remote.RemoteArtifact;
import org.harboree.remote.RemoteName;

/**
 * All conditions of a policy; what passes them all is replicated.
 *
 * @param platforms what is taken of an index; empty where nothing is said about it, which is all of it for a new policy
 *     and what it was for one that is changed, because Harbor's clients do not know it
 */
public record PolicyFilters(List<PolicyFilter> all, Optional<PlatformChoice> platforms) {
    private static final String FILTERS = "filters";
    private static final String PLATFORMS = "platforms";
    private static final ObjectMapper JSON = new ObjectMapper();

    public PolicyFilters {
        all = List.copyOf(all);
        Objects.requireNonNull(platforms);
    }

    /** Nothing is said about platforms. */
    public PolicyFilters(List<PolicyFilter> all) {
        this(all, Optional.empty());
    }

    /** Those that a policy has after a change from these ones. */
    PolicyFilters changedTo(PolicyFilters next) {
        return next.platforms().isPresent() ? next : new PolicyFilters(next.all(), platforms);
    }

    /** What is taken of an index. */
    public PlatformChoice choice() {
        return platforms.orElse(PlatformChoice.ALL);
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

    /** For the database, in the API's own form: the list of filters, with the platforms beside it if there are some. */
    String toJson() {
        if (choice().isAll()) {
            return list().toString();
        }
        ObjectNode node = JSON.createObjectNode();
        node.set(FILTERS, list());
        node.set(PLATFORMS, JSON.valueToTree(choice().platforms()));
        return node.toString();
    }

    private ArrayNode list() {
        ArrayNode list = JSON.createArrayNode();
        for (PolicyFilter filter : all) {
            ObjectNode node = list.addObject().put("type", filter.type().wireName());
            node.set("value", JSON.valueToTree(filter.value()));
            if (!filter.decoration().isEmpty()) {
                node.put("decoration", filter.decoration());
            }
        }
        return list;
    }

    static PolicyFilters ofJson(String json) {
        try {
            List<PolicyFilter> filters = new ArrayList<>();
            JsonNode stored = JSON.readTree(json);
            for (JsonNode node : stored.isArray() ? stored : stored.path(FILTERS)) {
                filters.add(PolicyFilter.of(node.path("type").asText(),
                        JSON.treeToValue(node.path("value"), Object.class), node.path("decoration").asText()));
            }
            List<String> platforms = new ArrayList<>();
            stored.path(PLATFORMS).forEach(platform -> platforms.add(platform.asText()));
            return new PolicyFilters(filters, platforms.isEmpty() ? Optional.empty()
                    : Optional.of(new PlatformChoice(platforms)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("filters of a policy are no JSON", e);
        }
    }

    private static List<NamePattern> names(List<PolicyFilter> filters) {
        return filters.stream().filter(filter -> filter.type() == PolicyFilter.Type.NAME).map(PolicyFilter::pattern)
                .toList();
    }
}
