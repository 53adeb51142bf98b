// SPDX-License-Identifier: Apache-2.0
package org.harboree.v2;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.harboree.registry.CatalogService;
import org.harboree.web.QueryString;

/** The repositories of the registry ({@code _catalog}), for system administrators. */
@Path("_catalog")
public class CatalogResource {
    @Inject
    private RegistryCallers callers;

    @Inject
    private CatalogService catalog;

    @GET
    public Response list(@Context HttpServletRequest request) {
        NamesPage page = NamesPage.of(QueryString.of(request));
        return page.answer("/v2/_catalog", "", "repositories",
                catalog.catalog(callers.of(request), page.n(), page.last()));
    }
}
