// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.harboree.access.Caller;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.job.ExecutionStatus;
import org.harboree.job.TaskStatus;
import org.harboree.job.Trigger;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Sort;
import org.harboree.replication.ReplicationService;

/** Harbor's operations tagged {@code replication} on executions and their tasks. */
@Path("replication/executions")
public class ReplicationExecutionResource {
    @Context
    private HttpServletRequest request;

    @Inject
    private ApiCallers callers;

    @Inject
    private ReplicationService runs;

    /** Harbor's {@code StartReplicationExecution}. */
    record StartBody(long policyId) {
    }

    @GET
    public Response list() {
        Parameters parameters = Parameters.of(request);
        PageRequest page = parameters.page();
        Sort sort = Sort.parse(parameters.sort(), ReplicationService.EXECUTION_KEYS, Sort.by());
        Optional<ExecutionStatus> status = parameters.text("status")
                .map(name -> named("status", ReplicationExecutionView.STATUSES, name));
        Optional<Trigger> trigger = parameters.text("trigger")
                .map(name -> named("trigger", ReplicationExecutionView.TRIGGERS, name));
        OptionalLong policy = parameters.text("policy_id").map(ReplicationExecutionResource::policyId)
                .map(OptionalLong::of).orElseGet(OptionalLong::empty);
        ReplicationService.RunFilter filter =
                new ReplicationService.RunFilter(policy, status.map(Set::of).orElse(Set.of()), trigger);
        return Answers.list(request, page, runs.list(callers.of(request), filter, sort, page),
                ReplicationExecutionView::of);
    }

    @POST
    public Response start() {
        StartBody body = JsonBody.read(request, "execution", StartBody.class);
        return Answers.created(request, runs.start(callers.of(request), body.policyId()));
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        return Answers.ok(ReplicationExecutionView.of(runs.get(callers.of(request), id("id", id))));
    }

    @PUT
    @Path("{id}")
    public Response stop(@PathParam("id") String id) {
        runs.stop(callers.of(request), id("id", id));
        return Answers.done();
    }

    @GET
    @Path("{id}/tasks")
    public Response tasks(@PathParam("id") String id) {
        long execution = id("id", id);
        Parameters parameters = Parameters.of(request);
        PageRequest page = parameters.page();
        Sort sort = Sort.parse(parameters.sort(), ReplicationService.TASK_KEYS, Sort.by());
        Set<TaskStatus> statuses = parameters.text("status")
                .map(name -> Set.of(named("status", ReplicationTaskView.STATUSES, name))).orElse(Set.of());
        return Answers.list(request, page, runs.tasks(callers.of(request), execution, statuses,
                parameters.text("resource_type"), sort, page), ReplicationTaskView::of);
    }

    @GET
    @Path("{id}/tasks/{task_id}/log")
    public Response log(@PathParam("id") String id, @PathParam("task_id") String taskId) {
        Caller caller = callers.of(request);
        return Response.ok(runs.log(caller, id("id", id), id("task_id", taskId)), "text/plain; charset=utf-8")
                .header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    private static long policyId(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Parameters.invalid("policy_id in query must be of type int64: \"" + text + '"');
        }
    }

    private static <T> T named(String parameter, Map<String, T> names, String name) {
        return Optional.ofNullable(names.get(name)).orElseThrow(
                () -> new HarborException(ErrorCode.BAD_REQUEST, "there is no " + parameter + " " + name));
    }

    private static long id(String name, String id) {
        return Parameters.id(name, id);
    }
}
