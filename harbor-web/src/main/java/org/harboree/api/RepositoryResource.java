// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.harboree.listing.PageRequest;
import org.harboree.registry.RepositoryService;

/** Harbor's operations tagged {@code repository}. Names of repositories come encoded twice. */
@Path("projects/{project}/repositories")
public class RepositoryResource {
    @Context
    private HttpServletRequest request;

    @Inject
    private ApiCallers callers;

    @Inject
    private RepositoryService repositories;

    /** What can be changed of Harbor's {@code Repository}. */
    record DescriptionBody(String description) {
    }

    @GET
    public Response list(@PathParam("project") String project) {
        Parameters parameters = Parameters.of(request);
        PageRequest page = parameters.page();
        return Answers.list(request, page,
                repositories.list(callers.of(request), project, page, parameters.q(), parameters.sort()),
                RepositoryView::of);
    }

    @GET
    @Path("{repository}")
    public Response get(@PathParam("project") String project, @PathParam("repository") String repository) {
        return Answers.ok(RepositoryView.of(
                repositories.get(callers.of(request), project, Parameters.decodedAgain(repository))));
    }

    @PUT
    @Path("{repository}")
    public Response describe(@PathParam("project") String project, @PathParam("repository") String repository) {
        DescriptionBody body = JsonBody.read(request, "repository", DescriptionBody.class);
        repositories.describe(callers.of(request), project, Parameters.decodedAgain(repository),
                Optional.ofNullable(body.description()).orElse(""));
        return Answers.done();
    }

    @DELETE
    @Path("{repository}")
    public Response delete(@PathParam("project") String project, @PathParam("repository") String repository) {
        repositories.delete(callers.of(request), project, Parameters.decodedAgain(repository));
        return Answers.done();
    }
}
