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
import java.util.Map;
import org.harboree.project.ProjectKey;
import org.harboree.project.ProjectMetadataService;

/** Harbor's operations tagged {@code projectMetadata}; a POST answers 200 there, not 201. */
@Path("projects/{project}/metadatas")
public class ProjectMetadataResource {
    @Context
    private HttpServletRequest request;

    @Inject
    private ApiCallers callers;

    @Inject
    private ProjectMetadataService metadata;

    @GET
    public Response list(@PathParam("project") String project) {
        return Answers.ok(metadata.list(callers.of(request), key(project)));
    }

    @POST
    public Response add(@PathParam("project") String project) {
        Map<String, String> pair = JsonBody.readTexts(request, "metadata");
        metadata.add(callers.of(request), key(project), pair);
        return Answers.done();
    }

    @GET
    @Path("{name}")
    public Response get(@PathParam("project") String project, @PathParam("name") String name) {
        return Answers.ok(metadata.get(callers.of(request), key(project), name));
    }

    @PUT
    @Path("{name}")
    public Response update(@PathParam("project") String project, @PathParam("name") String name) {
        Map<String, String> pair = JsonBody.readTexts(request, "metadata");
        metadata.update(callers.of(request), key(project), name, pair);
        return Answers.done();
    }

    @DELETE
    @Path("{name}")
    public Response delete(@PathParam("project") String project, @PathParam("name") String name) {
        metadata.delete(callers.of(request), key(project), name);
        return Answers.done();
    }

    private ProjectKey key(String project) {
        return ProjectKeys.of(request, project);
    }
}
