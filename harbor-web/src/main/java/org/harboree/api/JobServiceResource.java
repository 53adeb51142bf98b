// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import org.harboree.access.Caller;
import org.harboree.job.JobNode;
import org.harboree.job.JobQueue;
import org.harboree.job.RunningTask;
import org.harboree.jobmonitor.JobMonitorService;

/** Harbor's operations tagged {@code jobservice}. A pool is a node, a job is a task. */
@Path("jobservice")
public class JobServiceResource {
    private static final String ALL = "all";

    @Context
    private HttpServletRequest request;

    @Inject
    private ApiCallers callers;

    @Inject
    private JobMonitorService jobs;

    /** Harbor's {@code WorkerPool}. */
    record PoolView(long pid, String workerPoolId, String startAt, String heartbeatAt, int concurrency, String host) {
        static PoolView of(JobNode node) {
            return new PoolView(node.pid(), node.id(), Json.time(node.startTime()), Json.time(node.beatTime()),
                    node.concurrency(), node.host());
        }
    }

    /** Harbor's {@code Worker}; one that idles has no job. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WorkerView(String id, String poolId, String jobName, String jobId, String startAt, String checkinAt) {
        static WorkerView busy(JobNode node, int number, RunningTask task) {
            return new WorkerView(node.id() + "-" + number, node.id(), task.kind(), Long.toString(task.id()),
                    Json.time(task.startTime()), Json.time(task.updateTime()));
        }

        static WorkerView idle(JobNode node, int number) {
            return new WorkerView(node.id() + "-" + number, node.id(), null, null, null, null);
        }
    }

    /** Harbor's {@code JobQueue}. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record QueueView(String jobType, long count, long latency, boolean paused) {
        static QueueView of(JobQueue queue) {
            return new QueueView(queue.kind(), queue.waiting(), queue.latencySeconds(), queue.paused());
        }
    }

    /** Harbor's {@code ActionRequest}. */
    record ActionBody(String action) {
    }

    @GET
    @Path("pools")
    public Response pools() {
        return Answers.ok(jobs.nodes(callers.of(request)).stream().map(PoolView::of).toList());
    }

    /** Of a pool that there is not: none, as in Harbor. */
    @GET
    @Path("pools/{pool_id}/workers")
    public Response workers(@PathParam("pool_id") String pool) {
        Caller caller = callers.of(request);
        List<RunningTask> running = jobs.running(caller);
        List<WorkerView> workers = new ArrayList<>();
        for (JobNode node : jobs.nodes(caller)) {
            if (pool.equalsIgnoreCase(ALL) || pool.equals(node.id())) {
                int number = 0;
                for (RunningTask task : running) {
                    if (task.node().equals(node.id())) {
                        workers.add(WorkerView.busy(node, number++, task));
                    }
                }
                while (number < node.concurrency()) {
                    workers.add(WorkerView.idle(node, number++));
                }
            }
        }
        return Answers.ok(workers);
    }

    @PUT
    @Path("jobs/{job_id}")
    public Response stop(@PathParam("job_id") String job) {
        Caller caller = callers.of(request);
        if (job.equalsIgnoreCase(ALL)) {
            jobs.stopRunning(caller);
        } else {
            jobs.stop(caller, id(job));
        }
        return Answers.done();
    }

    @GET
    @Path("jobs/{job_id}/log")
    public Response log(@PathParam("job_id") String job) {
        return Answers.text(jobs.log(callers.of(request), id(job)));
    }

    @GET
    @Path("queues")
    public Response queues() {
        return Answers.ok(jobs.queues(callers.of(request)).stream().map(QueueView::of).toList());
    }

    @PUT
    @Path("queues/{job_type}")
    public Response act(@PathParam("job_type") String queue) {
        Caller caller = callers.of(request);
        String action = JsonBody.read(request, "action_request", ActionBody.class).action();
        switch (action == null ? "" : action) {
            case "stop" -> jobs.stopWaiting(caller, queue);
            case "pause" -> jobs.pause(caller, queue);
            case "resume" -> jobs.resume(caller, queue);
            default -> throw Parameters.invalid("action_request.action in body should be one of [stop pause resume]");
        }
        return Answers.done();
    }

    /** Ids are texts in Harbor's API; one of another form is one that there is not. */
    private static long id(String job) {
        try {
            return Long.parseLong(job);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
