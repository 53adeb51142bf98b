// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.harboree.access.Caller;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.job.Schedule;
import org.harboree.jobmonitor.JobMonitorService;
import org.harboree.listing.PageRequest;

/** Harbor's operations tagged {@code schedule}. They are paused and resumed as the queue {@code SCHEDULER}. */
@Path("schedules")
public class ScheduleResource {
    @Context
    private HttpServletRequest request;

    @Inject
    private ApiCallers callers;

    @Inject
    private JobMonitorService jobs;

    /** Harbor's {@code ScheduleTask}. */
    record ScheduleView(long id, String vendorType, long vendorId, String cron, String updateTime) {
        static ScheduleView of(Schedule schedule) {
            return new ScheduleView(schedule.id(), schedule.vendorType(), schedule.vendorId(),
                    schedule.cron().toString(), Json.time(schedule.updateTime()));
        }
    }

    /** Harbor's {@code SchedulerStatus}. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record StatusView(boolean paused) {
    }

    @GET
    public Response list() {
        PageRequest page = Parameters.of(request).page();
        return Answers.list(request, page, jobs.schedules(callers.of(request), page), ScheduleView::of);
    }

    @GET
    @Path("{job_type}/paused")
    public Response paused(@PathParam("job_type") String type) {
        Caller caller = callers.of(request);
        boolean paused = jobs.schedulesPaused(caller);
        if (!type.equalsIgnoreCase("all")) {
            throw new HarborException(ErrorCode.BAD_REQUEST, "job_type can only be 'all'");
        }
        return Answers.ok(new StatusView(paused));
    }
}
