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
import java.util.Optional;
import org.harboree.access.Caller;
import org.harboree.config.Settings;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.identity.UserFilter;
import org.harboree.identity.UserName;
import org.harboree.identity.UserService;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query;
import org.harboree.listing.Sort;

/** Harbor's operations tagged {@code user}. */
@Path("users")
public class UserResource {
    @Context
    private HttpServletRequest request;

    @Inject
    private ApiCallers callers;

    @Inject
    private UserService users;

    @Inject
    private Settings settings;

    /** Harbor's {@code PasswordReq}. */
    record PasswordBody(String oldPassword, String newPassword) {
    }

    /** Harbor's {@code UserSysAdminFlag}. */
    record SysadminBody(boolean sysadminFlag) {
    }

    /** Harbor's {@code UserSearchRespItem}. */
    record UserNameView(long userId, String username) {
        static UserNameView of(UserName user) {
            return new UserNameView(user.id(), user.username());
        }
    }

    @GET
    public Response list() {
        Parameters parameters = Parameters.of(request);
        PageRequest page = parameters.page();
        UserFilter filter = new UserFilter(parameters.text("username"), parameters.text("email"),
                Query.parse(parameters.q(), UserService.KEYS));
        Sort sort = Sort.parse(parameters.sort(), UserService.KEYS.keySet(), UserService.BY_NAME);
        return Answers.list(request, page, users.list(callers.of(request), filter, sort, page), UserView::of);
    }

    @GET
    @Path("search")
    public Response search() {
        Parameters parameters = Parameters.of(request);
        PageRequest page = parameters.page();
        String part = parameters.required("username");
        return Answers.list(request, page, users.search(callers.of(request), part, page), UserNameView::of);
    }

    @POST
    public Response create() {
        UserBody body = JsonBody.read(request, "userReq", UserBody.class);
        Caller caller = callers.of(request);
        if (caller.isAnonymous() && settings.selfRegistration()) {
            // a stranger registers in a browser only, where a session stands in the way of scripts
            throw new HarborException(ErrorCode.FORBIDDEN, "self-registration cannot be triggered via API");
        }
        return Answers.created(request, users.create(caller, body.newUser()));
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        long user = id(id);
        return Answers.ok(UserView.of(users.get(callers.of(request), user)));
    }

    @PUT
    @Path("{id}")
    public Response update(@PathParam("id") String id) {
        long user = id(id);
        UserBody body = JsonBody.read(request, "profile", UserBody.class);
        users.updateProfile(callers.of(request), user, body.profile());
        return Answers.done();
    }

    @DELETE
    @Path("{id}")
    public Response delete(@PathParam("id") String id) {
        users.delete(callers.of(request), id(id));
        return Answers.done();
    }

    @PUT
    @Path("{id}/password")
    public Response changePassword(@PathParam("id") String id) {
        long user = id(id);
        PasswordBody body = JsonBody.read(request, "password", PasswordBody.class);
        users.changePassword(callers.of(request), user, Optional.ofNullable(body.oldPassword()), body.newPassword());
        return Answers.done();
    }

    @PUT
    @Path("{id}/sysadmin")
    public Response setSysadmin(@PathParam("id") String id) {
        long user = id(id);
        SysadminBody body = JsonBody.read(request, "sysadmin_flag", SysadminBody.class);
        users.setSysadmin(callers.of(request), user, body.sysadminFlag());
        return Answers.done();
    }

    private static long id(String id) {
        return Parameters.id("user_id", id);
    }
}
