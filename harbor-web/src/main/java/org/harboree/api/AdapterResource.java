// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.TreeMap;
import org.harboree.remote.RegistryEndpointService;

/** Harbor's operations tagged {@code registry} on the kinds of registries that there are. */
@Path("replication")
public class AdapterResource {
    @Context
    private HttpServletRequest request;

    @Inject
    private ApiCallers callers;

    @Inject
    private RegistryEndpointService registries;

    @GET
    @Path("adapters")
    public Response types() {
        return Answers.ok(registries.types(callers.of(request)));
    }

    @GET
    @Path("adapterinfos")
    public Response patterns() {
        Map<String, AdapterPatternView> views = new TreeMap<>();
        registries.patterns(callers.of(request))
                .forEach((type, pattern) -> views.put(type, AdapterPatternView.of(pattern)));
        return Answers.ok(views);
    }
}
