// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;

/**
 * Harbor's health: always 200, the body tells. The components are Harbor's, as far as they exist here: {@code core} is
 * this server, {@code registry} the storage that the registry lives on. There is no Redis and no second process.
 */
@Path("health")
public class HealthResource {
    private static final String HEALTHY = "healthy";

    @Inject
    private HealthProbe probe;

    /** Harbor's {@code OverallHealthStatus}. */
    record HealthView(String status, List<ComponentView> components) {
        static HealthView of(List<ComponentView> components) {
            boolean all = components.stream().allMatch(component -> component.status().equals(HEALTHY));
            return new HealthView(all ? HEALTHY : "unhealthy", components);
        }
    }

    /** Harbor's {@code ComponentHealthStatus}; an error only where there is one. */
    record ComponentView(String name, String status, String error) {
        static ComponentView of(String name, boolean healthy) {
            return healthy
                    ? new ComponentView(name, HEALTHY, "")
                    : new ComponentView(name, "unhealthy", name + " cannot be used at the moment");
        }
    }

    @GET
    public Response health() {
        return Answers.ok(HealthView.of(List.of(
                ComponentView.of("core", true),
                ComponentView.of("database", probe.isDatabaseHealthy()),
                ComponentView.of("registry", probe.isStorageHealthy()))));
    }
}
