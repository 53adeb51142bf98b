// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.harboree.registry.DeletionPlan;
import org.harboree.registry.RepositoryDetails;
import org.harboree.registry.RepositoryService;

/** The repository that a page is about, as its address names it; {@code #{repositoryHead}} in pages. */
@Named
@RequestScoped
public class RepositoryHead {
    @Inject
    private RepositoryService repositories;

    @Inject
    private ProjectHead project;

    @Inject
    private Visitor visitor;

    @Inject
    private Navigation navigation;

    private String name = "";
    private RepositoryDetails repository;
    private Long bytes;
    private DeletionPlan plan;

    /** Reads the repository before anything is written. @throws org.harboree.error.HarborException as the service */
    public void load() {
        repository = repositories.listed(visitor.caller(), getProject(), getRest());
        project.load();
    }

    public RepositoryDetails getRepository() {
        if (repository == null) {
            load();
        }
        return repository;
    }

    /** What it holds. */
    public long getBytes() {
        if (bytes == null) {
            bytes = repositories.bytes(visitor.caller(), getProject(), List.of(getRepository()))
                    .getOrDefault(getRepository().id(), 0L);
        }
        return bytes;
    }

    public List<RepositoryTab> getTabs() {
        return List.of(RepositoryTab.values());
    }

    /** Finds out what deleting the repository would do, for the dialog that asks. */
    public void planDeletion() {
        plan = repositories.planDeletion(visitor.caller(), getProject(), getRest());
    }

    /** Deletes it, and shows what else there is in the project. */
    public void delete() {
        repositories.delete(visitor.caller(), getProject(), getRest());
        navigation.leaveFor("/harbor/project-repositories?name=" + getProject(), "repository.deleted", name);
    }

    /** Null until it was asked for. */
    public DeletionPlan getPlan() {
        return plan;
    }

    /** The part of the name before the first slash. */
    public String getProject() {
        return name.substring(0, Math.max(0, name.indexOf('/')));
    }

    /** The name inside the project. */
    public String getRest() {
        return name.substring(name.indexOf('/') + 1);
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name == null ? "" : name;
        project.setName(getProject());
    }
}
