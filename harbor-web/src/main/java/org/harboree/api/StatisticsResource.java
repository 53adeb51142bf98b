// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.harboree.statistics.Statistics;
import org.harboree.statistics.StatisticsService;

/** Harbor's {@code statistic}. */
@Path("statistics")
public class StatisticsResource {
    @Context
    private HttpServletRequest request;

    @Inject
    private ApiCallers callers;

    @Inject
    private StatisticsService statistics;

    /** Harbor's {@code Statistic}; zeros stand there. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record StatisticsView(long privateProjectCount, long privateRepoCount, long publicProjectCount,
            long publicRepoCount, long totalProjectCount, long totalRepoCount, long totalStorageConsumption) {
    }

    @GET
    public Response get() {
        Statistics counted = statistics.of(callers.of(request));
        return Answers.ok(new StatisticsView(counted.privateProjects(), counted.privateRepositories(),
                counted.publicProjects(), counted.publicRepositories(), counted.totalProjects(),
                counted.totalRepositories(), counted.totalStorageBytes()));
    }
}
