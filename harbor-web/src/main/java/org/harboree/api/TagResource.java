// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.harboree.listing.PageRequest;
import org.harboree.registry.TagService;

/** The tags of an artifact. Names of repositories come encoded twice. */
@Path("projects/{project}/repositories/{repository}/artifacts/{reference}/tags")
public class TagResource {
    @Context
    private HttpServletRequest request;

    @Inject
    private ApiCallers callers;

    @Inject
    private TagService tags;

    @PathParam("project")
    private String project;

    @PathParam("repository")
    private String repository;

    @PathParam("reference")
    private String reference;

    /** What is read of Harbor's {@code Tag}. */
    record TagBody(String name) {
    }

    @GET
    public Response list() {
        Parameters parameters = Parameters.of(request);
        PageRequest page = parameters.page();
        return Answers.list(request, page, tags.list(callers.of(request), project, repository(), reference, page,
                parameters.q(), parameters.sort()), TagView::of);
    }

    /** 201 without a {@code Location}, as in Harbor. */
    @POST
    public Response create() {
        TagBody body = JsonBody.read(request, "tag", TagBody.class);
        String name = Optional.ofNullable(body.name())
                .orElseThrow(() -> Parameters.invalid("name in body is required"));
        tags.create(callers.of(request), project, repository(), reference, name);
        return Response.status(Response.Status.CREATED).build();
    }

    @DELETE
    @Path("{tag}")
    public Response delete(@PathParam("tag") String tag) {
        tags.delete(callers.of(request), project, repository(), reference, tag);
        return Answers.done();
    }

    private String repository() {
        return Parameters.decodedAgain(repository);
    }
}
