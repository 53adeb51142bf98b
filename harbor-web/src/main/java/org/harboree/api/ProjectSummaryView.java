// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.harboree.access.Role;
import org.harboree.project.ProjectSummary;

/** Harbor's {@code ProjectSummary}; without a quota, for storage is not limited. */
record ProjectSummaryView(@JsonInclude(JsonInclude.Include.ALWAYS) long repoCount, long projectAdminCount,
        long maintainerCount, long developerCount, long guestCount, long limitedGuestCount) {

    static ProjectSummaryView of(ProjectSummary summary) {
        Map<Role, Long> members = summary.members().orElse(Map.of());
        return new ProjectSummaryView(summary.repositoryCount(), members.getOrDefault(Role.PROJECT_ADMIN, 0L),
                members.getOrDefault(Role.MAINTAINER, 0L), members.getOrDefault(Role.DEVELOPER, 0L),
                members.getOrDefault(Role.GUEST, 0L), members.getOrDefault(Role.LIMITED_GUEST, 0L));
    }
}
