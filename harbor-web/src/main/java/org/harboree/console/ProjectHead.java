// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.harboree.access.AccessGuard;
import org.harboree.access.Permission;
import org.harboree.project.ProjectDetails;
import org.harboree.project.ProjectKey;
import org.harboree.project.ProjectService;
import org.harboree.statistics.StatisticsService;

/**
 * The project that a page is about, as its address names it: what stands above every page of a project, and which of
 * them the visitor is offered; {@code #{projectHead}} in pages.
 */
@Named
@RequestScoped
public class ProjectHead {
    @Inject
    private ProjectService projects;

    @Inject
    private StatisticsService statistics;

    @Inject
    private AccessGuard guard;

    @Inject
    private Visitor visitor;

    private String name = "";
    private ProjectDetails project;
    private OptionalLong bytes;
    private Set<Permission> permissions;

    /** Reads the project before anything is written. @throws org.harboree.error.HarborException as the service */
    public void load() {
        project = projects.get(visitor.caller(), key());
    }

    /** As services want it. */
    public ProjectKey key() {
        return ProjectKey.ofName(name);
    }

    public ProjectDetails getProject() {
        if (project == null) {
            load();
        }
        return project;
    }

    /** What the project holds; null where the visitor may not know. */
    public Long getBytes() {
        if (bytes == null) {
            bytes = statistics.bytesIn(visitor.caller(), key());
        }
        return bytes.isPresent() ? bytes.getAsLong() : null;
    }

    /** The tabs that the visitor may open. */
    public List<ProjectTab> getTabs() {
        return Arrays.stream(ProjectTab.values()).filter(tab -> may(tab.permission())).toList();
    }

    /** Whether to offer what needs that right; the service decides. */
    public boolean may(Permission permission) {
        if (permissions == null) {
            permissions = guard.permissions(visitor.caller(), getProject().ref());
        }
        return permissions.contains(permission);
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name == null ? "" : name;
    }
}
