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
import org.harboree.project.MemberService;
import org.harboree.project.ProjectKey;

/** Harbor's operations tagged {@code member}. The id in the path is the membership's, not the user's. */
@Path("projects/{project}/members")
public class MemberResource {
    @Context
    private HttpServletRequest request;

    @Inject
    private ApiCallers callers;

    @Inject
    private MemberService members;

    @GET
    public Response list(@PathParam("project") String project) {
        Parameters parameters = Parameters.of(request);
        PageRequest page = parameters.page();
        return Answers.list(request, page, members.list(callers.of(request), key(project),
                parameters.text("entityname").orElse(""), page), MemberView::of);
    }

    @POST
    public Response add(@PathParam("project") String project) {
        MemberBody body = JsonBody.read(request, "project_member", MemberBody.class);
        return Answers.created(request, members.add(callers.of(request), key(project), body.newMember()));
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("project") String project, @PathParam("id") String id) {
        long member = Parameters.id("mid", id);
        return Answers.ok(MemberView.of(members.get(callers.of(request), key(project), member)));
    }

    @PUT
    @Path("{id}")
    public Response changeRole(@PathParam("project") String project, @PathParam("id") String id) {
        long member = Parameters.id("mid", id);
        int role = JsonBody.read(request, "role", MemberBody.class).roleId();
        members.changeRole(callers.of(request), key(project), member, role);
        return Answers.done();
    }

    @DELETE
    @Path("{id}")
    public Response remove(@PathParam("project") String project, @PathParam("id") String id) {
        members.remove(callers.of(request), key(project), Parameters.id("mid", id));
        return Answers.done();
    }

    private ProjectKey key(String project) {
        return ProjectKeys.of(request, project);
    }
}
