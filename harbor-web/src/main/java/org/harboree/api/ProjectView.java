// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.harboree.access.Role;
import org.harboree.project.ProjectDetails;

/** Harbor's {@code Project}. */
record ProjectView(long projectId, long ownerId, String name, String creationTime, String updateTime, String ownerName,
        long currentUserRoleId, List<Integer> currentUserRoleIds,
        @JsonInclude(JsonInclude.Include.ALWAYS) long repoCount, Map<String, String> metadata,
        CveAllowlistView cveAllowlist) {

    /** The allow-list of a project that has none of its own; Harbor shows it so. */
    record CveAllowlistView(long projectId, @JsonInclude(JsonInclude.Include.ALWAYS) List<String> items,
            String creationTime, String updateTime) {
    }

    /** By how much they may; Harbor shows the first. */
    private static final List<Role> BY_POWER =
            List.of(Role.PROJECT_ADMIN, Role.MAINTAINER, Role.DEVELOPER, Role.GUEST, Role.LIMITED_GUEST);

    static ProjectView of(ProjectDetails project) {
        List<Role> roles = project.roles().stream().sorted(Comparator.comparingInt(BY_POWER::indexOf)).toList();
        return new ProjectView(project.ref().id(), project.ownerId(), project.ref().name(),
                Json.time(project.creationTime()), Json.time(project.updateTime()), project.ownerName(),
                roles.isEmpty() ? 0 : roles.get(0).id(), roles.stream().map(Role::id).toList(),
                project.repositoryCount(), project.metadata(),
                new CveAllowlistView(project.ref().id(), List.of(), Json.NO_TIME, Json.NO_TIME));
    }
}
