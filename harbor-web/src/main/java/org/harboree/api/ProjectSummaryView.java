// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import java.util.OptionalLong;
import org.harboree.access.Role;
import org.harboree.project.ProjectSummary;

/** Harbor's {@code ProjectSummary}. The hard limit of the quota is -1: storage is not limited. */
record ProjectSummaryView(@JsonInclude(JsonInclude.Include.ALWAYS) long repoCount, long projectAdminCount,
        long maintainerCount, long developerCount, long guestCount, long limitedGuestCount, QuotaView quota) {

    /** Harbor's {@code ResourceList}; storage in bytes. */
    record ResourcesView(@JsonInclude(JsonInclude.Include.ALWAYS) long storage) {
    }

    /** Harbor's {@code ProjectSummaryQuota}. */
    record QuotaView(ResourcesView hard, ResourcesView used) {
        private static final ResourcesView UNLIMITED = new ResourcesView(-1);

        static QuotaView of(long used) {
            return new QuotaView(UNLIMITED, new ResourcesView(used));
        }
    }

    /** @param bytes what the project holds; empty for who may not see the quota */
    static ProjectSummaryView of(ProjectSummary summary, OptionalLong bytes) {
        Map<Role, Long> members = summary.members().orElse(Map.of());
        return new ProjectSummaryView(summary.repositoryCount(), members.getOrDefault(Role.PROJECT_ADMIN, 0L),
                members.getOrDefault(Role.MAINTAINER, 0L), members.getOrDefault(Role.DEVELOPER, 0L),
                members.getOrDefault(Role.GUEST, 0L), members.getOrDefault(Role.LIMITED_GUEST, 0L),
                bytes.isPresent() ? QuotaView.of(bytes.getAsLong()) : null);
    }
}
