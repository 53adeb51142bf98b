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
import java.util.List;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.listing.PageRequest;
import org.harboree.registry.ArtifactService;
import org.harboree.registry.CopyService;

/** Harbor's operations tagged {@code artifact}. Names of repositories come encoded twice. */
@Path("projects/{project}/repositories/{repository}/artifacts")
public class ArtifactResource {
    private static final String BUILD_HISTORY = "build_history";

    /** Harbor's; here images have the first, and nothing has another one. */
    private static final List<String> ADDITIONS = List.of(BUILD_HISTORY, "values.yaml", "readme.md", "dependencies",
            "sbom", "license", "files", "vulnerabilities");

    @Context
    private HttpServletRequest request;

    @Inject
    private ApiCallers callers;

    @Inject
    private ArtifactService artifacts;

    @Inject
    private CopyService copies;

    @PathParam("project")
    private String project;

    @PathParam("repository")
    private String repository;

    @GET
    public Response list() {
        Parameters parameters = Parameters.of(request);
        PageRequest page = parameters.page();
        ArtifactService.Wanted wanted = wanted(parameters);
        return Answers.list(request, page, artifacts.list(callers.of(request), project, repository(), page,
                parameters.q(), parameters.sort(), wanted), ArtifactView::of);
    }

    /** 201 with the place of the copy in {@code Location}, by the reference that it was asked for by. */
    @POST
    public Response copy() {
        String from = Parameters.of(request).required("from");
        return Answers.created(request, copies.copy(callers.of(request), project, repository(), from));
    }

    @GET
    @Path("{reference}")
    public Response get(@PathParam("reference") String reference) {
        ArtifactService.Wanted wanted = wanted(Parameters.of(request));
        return Answers.ok(ArtifactView.of(
                artifacts.get(callers.of(request), project, repository(), reference, wanted)));
    }

    @DELETE
    @Path("{reference}")
    public Response delete(@PathParam("reference") String reference) {
        artifacts.delete(callers.of(request), project, repository(), reference);
        return Answers.done();
    }

    @GET
    @Path("{reference}/accessories")
    public Response accessories(@PathParam("reference") String reference) {
        PageRequest page = Parameters.of(request).page();
        return Answers.list(request, page,
                artifacts.accessories(callers.of(request), project, repository(), reference, page), AccessoryView::of);
    }

    @GET
    @Path("{reference}/additions/{addition}")
    public Response addition(@PathParam("reference") String reference, @PathParam("addition") String addition) {
        if (!ADDITIONS.contains(addition)) {
            throw Parameters.invalid("addition in path should be one of " + ADDITIONS);
        }
        if (!addition.equals(BUILD_HISTORY)) {
            throw new HarborException(ErrorCode.BAD_REQUEST, "addition " + addition + " isn't supported");
        }
        return Answers.json(artifacts.buildHistory(callers.of(request), project, repository(), reference).orElse("[]"));
    }

    private String repository() {
        return Parameters.decodedAgain(repository);
    }

    /** The other flags ask for what no artifact has here: labels, reports, immutability. */
    private static ArtifactService.Wanted wanted(Parameters parameters) {
        return new ArtifactService.Wanted(parameters.flag("with_tag").orElse(true),
                parameters.flag("with_accessory").orElse(false));
    }
}
