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
import java.util.OptionalLong;
import org.harboree.access.Caller;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query;
import org.harboree.listing.Sort;
import org.harboree.remote.RegistryEndpoint;
import org.harboree.remote.RegistryEndpointService;
import org.harboree.replication.Policy;
import org.harboree.replication.ReplicationPolicyService;
import org.harboree.replication.ReplicationService;

/** Harbor's operations tagged {@code replication} on policies, and how the two sides of one differ. */
@Path("replication/policies")
public class ReplicationPolicyResource {
    @Context
    private HttpServletRequest request;

    @Inject
    private ApiCallers callers;

    @Inject
    private ReplicationPolicyService policies;

    @Inject
    private ReplicationService runs;

    @Inject
    private RegistryEndpointService registries;

    @GET
    public Response list() {
        Parameters parameters = Parameters.of(request);
        PageRequest page = parameters.page();
        Query query = Query.parse(parameters.q(), ReplicationPolicyService.KEYS);
        Sort sort = Sort.parse(parameters.sort(), ReplicationPolicyService.KEYS.keySet(),
                ReplicationPolicyService.NEWEST_FIRST);
        Caller caller = callers.of(request);
        return Answers.list(request, page, policies.list(caller, parameters.text("name"), query, sort, page),
                policy -> view(caller, policy));
    }

    @POST
    public Response create() {
        ReplicationPolicyBody body = JsonBody.read(request, "policy", ReplicationPolicyBody.class);
        return Answers.created(request, policies.create(callers.of(request), body.requireShape().spec()));
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        long policy = id(id);
        Caller caller = callers.of(request);
        return Answers.ok(view(caller, policies.get(caller, policy)));
    }

    @PUT
    @Path("{id}")
    public Response update(@PathParam("id") String id) {
        long policy = id(id);
        ReplicationPolicyBody body = JsonBody.read(request, "policy", ReplicationPolicyBody.class);
        policies.update(callers.of(request), policy, body.requireShape().spec());
        return Answers.done();
    }

    @DELETE
    @Path("{id}")
    public Response delete(@PathParam("id") String id) {
        policies.delete(callers.of(request), id(id));
        return Answers.done();
    }

    @GET
    @Path("{id}/reconciliation")
    public Response reconciliation(@PathParam("id") String id) {
        return Answers.ok(ReconciliationView.of(runs.reconcile(callers.of(request), id(id))));
    }

    private ReplicationPolicyView view(Caller caller, Policy policy) {
        return ReplicationPolicyView.of(policy, registry(caller, policy.spec().source()),
                registry(caller, policy.spec().destination()));
    }

    private RegistryEndpoint registry(Caller caller, OptionalLong id) {
        return registries.get(caller, id.orElse(RegistryEndpointService.LOCAL));
    }

    private static long id(String id) {
        return Parameters.id("id", id);
    }
}
