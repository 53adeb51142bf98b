// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.harboree.access.Caller;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query;
import org.harboree.project.ProjectFilter;
import org.harboree.project.ProjectService;
import org.harboree.registry.RepositoryService;

/** Projects and repositories whose name contains a text, as far as the caller may see them; at most 100 of each. */
@Path("search")
public class SearchResource {
    @Context
    private HttpServletRequest request;

    @Inject
    private ApiCallers callers;

    @Inject
    private ProjectService projects;

    @Inject
    private RepositoryService repositories;

    /** Harbor's {@code Search}. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record SearchView(List<ProjectView> project, List<SearchRepositoryView> repository) {
    }

    /** Harbor's {@code SearchRepository}. */
    record SearchRepositoryView(long projectId, String projectName, boolean projectPublic, String repositoryName,
            long pullCount, long artifactCount) {
        static SearchRepositoryView of(RepositoryService.Hit hit) {
            String name = hit.repository().name();
            return new SearchRepositoryView(hit.repository().projectId(), name.substring(0, name.indexOf('/')),
                    hit.inPublicProject(), name, hit.repository().pullCount(), hit.repository().artifactCount());
        }
    }

    @GET
    public Response search() {
        String part = Parameters.of(request).required("q");
        Caller caller = callers.of(request);
        ProjectFilter filter =
                new ProjectFilter(Optional.of(part), Optional.empty(), Optional.empty(), Query.none());
        return Answers.ok(new SearchView(
                projects.list(caller, filter, ProjectService.BY_NAME, new PageRequest(1, PageRequest.MAX_SIZE))
                        .map(ProjectView::of).items(),
                repositories.search(caller, part).stream().map(SearchRepositoryView::of).toList()));
    }
}
