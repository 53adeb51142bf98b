// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.harboree.access.Role;
import org.harboree.project.ProjectService;
import org.harboree.project.ProjectSummary;
import org.harboree.registry.ArtifactService;
import org.harboree.registry.RecentPush;

/** A project in a few numbers, and what was pushed to it last. */
@Named
@RequestScoped
public class ProjectView {
    private static final int PUSHES = 10;

    @Inject
    private ProjectService projects;

    @Inject
    private ArtifactService artifacts;

    @Inject
    private ProjectHead head;

    @Inject
    private Live live;

    @Inject
    private Visitor visitor;

    private String version;
    private ProjectSummary summary;
    private List<RecentPush> pushes;

    /** @throws org.harboree.error.HarborException as the services */
    public void load() {
        version = live.version(head.getName());
        summary = projects.summary(visitor.caller(), head.key());
        pushes = artifacts.newest(visitor.caller(), head.getName(), PUSHES);
    }

    /** Of what was read: what was pushed meanwhile has another one. */
    public String getVersion() {
        return version;
    }

    public ProjectSummary getSummary() {
        return summary;
    }

    /** Newest first. */
    public List<RecentPush> getPushes() {
        return pushes;
    }

    /** Whether the visitor may know how many members there are. */
    public boolean isMembersShown() {
        return summary.members().isPresent();
    }

    public long getMemberCount() {
        return counts().values().stream().mapToLong(Long::longValue).sum();
    }

    /** The roles that somebody has. */
    public List<Role> getRoles() {
        return Arrays.stream(Role.values()).filter(role -> members(role) > 0).toList();
    }

    /** How many members have that role. */
    public long members(Role role) {
        return counts().getOrDefault(role, 0L);
    }

    private Map<Role, Long> counts() {
        return summary.members().orElse(Map.of());
    }
}
