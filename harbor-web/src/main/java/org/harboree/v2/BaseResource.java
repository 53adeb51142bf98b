// SPDX-License-Identifier: Apache-2.0
package org.harboree.v2;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;

/** end-1 of the spec: "is there a registry, and may I use it?" */
@Path("")
public class BaseResource {
    @Inject
    private RegistryCallers callers;

    @GET
    @Produces("application/json")
    public String base(@Context HttpServletRequest request) {
        callers.of(request);
        return "{}";
    }
}
