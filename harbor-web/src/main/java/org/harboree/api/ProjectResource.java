// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.harboree.access.Caller;
import org.harboree.access.ProjectRef;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query;
import org.harboree.listing.Sort;
import org.harboree.project.NewProject;
import org.harboree.project.ProjectFilter;
import org.harboree.project.ProjectKey;
import org.harboree.project.ProjectService;
import org.harboree.statistics.StatisticsService;

/** Harbor's operations tagged {@code project}. */
@Path("projects")
public class ProjectResource {
    private static final String NAME_IN_LOCATION = "X-Resource-Name-In-Location";

    @Context
    private HttpServletRequest request;

    @Inject
    private ApiCallers callers;

    @Inject
    private ProjectService projects;

    @Inject
    private StatisticsService statistics;

    /** {@code deletable} stands there only if true, as in Harbor. */
    record DeletableView(boolean deletable, String message) {
    }

    /** The flag {@code with_detail} changes nothing: details cost nothing more here. */
    @GET
    public Response list() {
        Parameters parameters = Parameters.of(request);
        PageRequest page = parameters.page();
        ProjectFilter filter = new ProjectFilter(parameters.text("name"), parameters.text("owner"),
                parameters.flag("public"), Query.parse(parameters.q(), ProjectService.KEYS));
        Sort sort = Sort.parse(parameters.sort(), ProjectService.KEYS.keySet(), ProjectService.BY_NAME);
        return Answers.list(request, page, projects.list(callers.of(request), filter, sort, page), ProjectView::of);
    }

    @HEAD
    public Response exists() {
        String name = Parameters.of(request).required("project_name");
        Caller caller = callers.of(request);
        if (!projects.exists(caller, name)) {
            throw new HarborException(ErrorCode.NOT_FOUND, "project " + name + " not found");
        }
        return Answers.done();
    }

    @POST
    public Response create() {
        ProjectBody body = JsonBody.read(request, "project", ProjectBody.class).requireAcceptable();
        boolean nameInLocation = Parameters.header(request, NAME_IN_LOCATION);
        ProjectRef made = projects.create(callers.of(request), new NewProject(body.name(), body.effectiveMetadata()));
        return Answers.created(request, nameInLocation ? made.name() : made.id());
    }

    @GET
    @Path("{project}")
    public Response get(@PathParam("project") String project) {
        return Answers.ok(ProjectView.of(projects.get(callers.of(request), ProjectKeys.of(request, project))));
    }

    @PUT
    @Path("{project}")
    public Response update(@PathParam("project") String project) {
        ProjectBody body = JsonBody.read(request, "project", ProjectBody.class).requireAcceptable();
        projects.update(callers.of(request), ProjectKeys.of(request, project), body.effectiveMetadata());
        return Answers.done();
    }

    @DELETE
    @Path("{project}")
    public Response delete(@PathParam("project") String project) {
        projects.delete(callers.of(request), ProjectKeys.of(request, project));
        return Answers.done();
    }

    @GET
    @Path("{project}/_deletable")
    public Response deletable(@PathParam("project") String project) {
        Optional<String> obstacle =
                projects.obstacleToDelete(callers.of(request), ProjectKeys.of(request, project));
        return Answers.ok(new DeletableView(obstacle.isEmpty(), obstacle.orElse("")));
    }

    @GET
    @Path("{project}/summary")
    public Response summary(@PathParam("project") String project) {
        Caller caller = callers.of(request);
        ProjectKey key = ProjectKeys.of(request, project);
        return Answers.ok(ProjectSummaryView.of(projects.summary(caller, key), statistics.bytesIn(caller, key)));
    }
}
