// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.harboree.it.HarborApi;
import org.harboree.it.Product;

/** Replication rules for pages to show. The other registry is the product itself, at its own address. */
final class Rules {
    private static final Product PRODUCT = Product.running();
    private static final HarborApi ADMIN = PRODUCT.api();

    private Rules() {
    }

    /** A registry under a name of its own: the product, as the administrator sees it. @return the name */
    static String registry() {
        return registry(Map.of("type", "basic", "access_key", "admin", "access_secret", PRODUCT.adminPassword()));
    }

    /** The same for who has not signed in, and so may push nothing. */
    static String registryForNobody() {
        return registry(Map.of());
    }

    private static String registry(Map<String, String> credential) {
        String name = Product.uniqueName("self");
        Map<String, Object> registry = new HashMap<>(
                Map.of("name", name, "type", "docker-registry", "url", PRODUCT.url().toString()));
        if (!credential.isEmpty()) {
            registry.put("credential", credential);
        }
        ADMIN.post("/registries", registry);
        return name;
    }

    /**
     * A rule that copies a project into another one.
     *
     * @param more of it, in Harbor's words; takes the place of what is said here
     * @return its id
     */
    static long rule(String name, String registry, String project, String target, Map<String, ?> more) {
        Map<String, Object> rule = new HashMap<>(Map.of("name", name, "enabled", true, "override", true,
                "dest_registry", Map.of("id", ADMIN.get("/registries?name=" + registry).path(0).path("id").asLong()),
                "dest_namespace", target,
                "filters", List.of(Map.of("type", "name", "value", project + "/**"))));
        rule.putAll(more);
        ADMIN.post("/replication/policies", rule);
        return ADMIN.get("/replication/policies?name=" + name).path(0).path("id").asLong();
    }

    /** Starts a rule. @return the run's id */
    static long run(long rule) {
        HttpResponse<String> answer = ADMIN.send("POST", "/replication/executions", "{\"policy_id\":" + rule + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        String location = answer.headers().firstValue("Location").orElseThrow();
        return Long.parseLong(location.substring(location.lastIndexOf('/') + 1));
    }
}
