// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query;
import org.harboree.listing.Sort;
import org.harboree.remote.RegistryEndpointService;

/** Harbor's operations tagged {@code registry} on {@code /registries}: other registries. */
@Path("registries")
public class RegistryResource {
    @Context
    private HttpServletRequest request;

    @Inject
    private ApiCallers callers;

    @Inject
    private RegistryEndpointService registries;

    @GET
    public Response list() {
        Parameters parameters = Parameters.of(request);
        PageRequest page = parameters.page();
        Query query = Query.parse(parameters.q(), RegistryEndpointService.KEYS);
        Sort sort = Sort.parse(parameters.sort(), RegistryEndpointService.KEYS.keySet(),
                RegistryEndpointService.BY_ID);
        return Answers.list(request, page, registries.list(callers.of(request), parameters.text("name"), query, sort,
                page), RegistryView::of);
    }

    @POST
    public Response create() {
        RegistryBody body = JsonBody.read(request, "registry", RegistryBody.class);
        return Answers.created(request, registries.create(callers.of(request), body.settings()));
    }

    @POST
    @Path("ping")
    public Response ping() {
        RegistryPingBody body = JsonBody.read(request, "registry", RegistryPingBody.class);
        registries.ping(callers.of(request), body.ping());
        return Answers.done();
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        long registry = id(id);
        return Answers.ok(RegistryView.of(registries.get(callers.of(request), registry)));
    }

    @PUT
    @Path("{id}")
    public Response update(@PathParam("id") String id) {
        long registry = id(id);
        RegistryUpdateBody body = JsonBody.read(request, "registry", RegistryUpdateBody.class);
        registries.update(callers.of(request), registry, body.change());
        return Answers.done();
    }

    @DELETE
    @Path("{id}")
    public Response delete(@PathParam("id") String id) {
        registries.delete(callers.of(request), id(id));
        return Answers.done();
    }

    @GET
    @Path("{id}/info")
    public Response info(@PathParam("id") String id) {
        return Answers.ok(RegistryInfoView.of(registries.info(callers.of(request), id(id))));
    }

    private static long id(String id) {
        return Parameters.id("id", id);
    }
}
