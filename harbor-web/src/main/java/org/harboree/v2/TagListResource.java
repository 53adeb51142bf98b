// SPDX-License-Identifier: Apache-2.0
package org.harboree.v2;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.harboree.oci.RepositoryName;
import org.harboree.registry.CatalogService;
import org.harboree.web.QueryString;

/** end-8a and end-8b: the tags of a repository. */
@Path("{name: .+}/tags/list")
public class TagListResource {
    @Inject
    private RegistryCallers callers;

    @Inject
    private CatalogService catalog;

    @GET
    public Response list(@PathParam("name") String name, @Context HttpServletRequest request) {
        RepositoryName repository = RepositoryName.parse(name);
        NamesPage page = NamesPage.of(QueryString.of(request));
        return page.answer("/v2/" + repository + "/tags/list", "\"name\":\"" + repository + "\",", "tags",
                catalog.tags(callers.of(request), repository, page.n(), page.last()));
    }
}
