// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.harboree.access.AccessGuard;
import org.harboree.access.Caller;
import org.harboree.access.Permission;
import org.harboree.access.ProjectRef;
import org.harboree.identity.UserService;
import org.harboree.project.ProjectService;

/** Who one is and what one may. */
@Path("users/current")
public class CurrentUserResource {
    private static final Pattern PROJECT = Pattern.compile("/project/([0-9]{1,18})/?");

    @Context
    private HttpServletRequest request;

    @Inject
    private ApiCallers callers;

    @Inject
    private AccessGuard guard;

    @Inject
    private UserService users;

    @Inject
    private ProjectService projects;

    @GET
    public Response current() {
        Caller caller = loggedIn();
        return Answers.ok(UserView.of(users.get(caller, caller.userId())));
    }

    /** What the caller may in the project of the scope {@code /project/<id>}; nothing in any other scope. */
    @GET
    @Path("permissions")
    public Response permissions() {
        Parameters parameters = Parameters.of(request);
        boolean relative = parameters.flag("relative").orElse(false);
        String scope = parameters.text("scope").orElse("");
        Caller caller = loggedIn();
        return Answers.ok(project(scope).map(project -> permissions(caller, project, relative)).orElse(List.of()));
    }

    private Caller loggedIn() {
        Caller caller = callers.of(request);
        guard.requireLogin(caller);
        return caller;
    }

    private Optional<ProjectRef> project(String scope) {
        Matcher matcher = PROJECT.matcher(scope);
        return matcher.matches() ? projects.find(Long.parseLong(matcher.group(1))) : Optional.empty();
    }

    private List<PermissionView> permissions(Caller caller, ProjectRef project, boolean relative) {
        return guard.permissions(caller, project).stream()
                .map(permission -> new PermissionView(resource(permission, project, relative), permission.action()))
                .toList();
    }

    private static String resource(Permission permission, ProjectRef project, boolean relative) {
        boolean self = permission.resource().isEmpty();
        if (relative) {
            return self ? "." : permission.resource();
        }
        return "/project/" + project.id() + (self ? "" : "/" + permission.resource());
    }
}
