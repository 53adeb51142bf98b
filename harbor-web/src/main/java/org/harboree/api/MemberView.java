// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import java.util.Map;
import org.harboree.access.Role;
import org.harboree.project.Member;

/** Harbor's {@code ProjectMemberEntity}; {@code entity_type} is {@code u} for a user. */
record MemberView(long id, long projectId, String entityName, String roleName, int roleId, long entityId,
        String entityType) {
    private static final Map<Role, String> NAMES = Map.of(Role.PROJECT_ADMIN, "projectAdmin", Role.MAINTAINER,
            "maintainer", Role.DEVELOPER, "developer", Role.GUEST, "guest", Role.LIMITED_GUEST, "limitedGuest");

    static MemberView of(Member member) {
        return new MemberView(member.id(), member.projectId(), member.username(), NAMES.get(member.role()),
                member.role().id(), member.userId(), "u");
    }
}
