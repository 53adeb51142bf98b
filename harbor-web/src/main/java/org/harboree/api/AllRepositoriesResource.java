// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.harboree.listing.PageRequest;
import org.harboree.registry.RepositoryService;

/** The repositories of all projects that the caller may see. */
@Path("repositories")
public class AllRepositoriesResource {
    @Context
    private HttpServletRequest request;

    @Inject
    private ApiCallers callers;

    @Inject
    private RepositoryService repositories;

    @GET
    public Response list() {
        Parameters parameters = Parameters.of(request);
        PageRequest page = parameters.page();
        return Answers.list(request, page,
                repositories.listAll(callers.of(request), page, parameters.q(), parameters.sort()), RepositoryView::of);
    }
}
