// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query;
import org.harboree.project.ProjectDetails;
import org.harboree.project.ProjectFilter;
import org.harboree.project.ProjectService;
import org.harboree.registry.RepositoryService;

/** Projects and repositories whose name contains what the search field in the frame holds. */
@Named
@RequestScoped
public class SearchView {
    @Inject
    private ProjectService projects;

    @Inject
    private RepositoryService repositories;

    @Inject
    private Visitor visitor;

    private String text = "";
    private List<ProjectDetails> foundProjects = List.of();
    private List<RepositoryService.Hit> foundRepositories = List.of();

    /** Looks for it, if there is something to look for. */
    public void load() {
        if (!text.isEmpty()) {
            ProjectFilter filter =
                    new ProjectFilter(Optional.of(text), Optional.empty(), Optional.empty(), Query.none());
            foundProjects = projects.list(visitor.caller(), filter, ProjectService.BY_NAME,
                    new PageRequest(1, PageRequest.MAX_SIZE)).items();
            foundRepositories = repositories.search(visitor.caller(), text);
        }
    }

    public List<ProjectDetails> getProjects() {
        return foundProjects;
    }

    public List<RepositoryService.Hit> getRepositories() {
        return foundRepositories;
    }

    public String getText() {
        return text;
    }

    public void setText(String text) {
        this.text = text == null ? "" : text.strip();
    }
}
