// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import java.util.Optional;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.project.NewMember;

/** Harbor's {@code ProjectMember} and {@code RoleRequest}; a missing role is 0, which the service refuses. */
record MemberBody(int roleId, UserBody memberUser, GroupBody memberGroup) {

    /** The user, by id or by name. */
    record UserBody(long userId, String username) {
    }

    /** A group, which there is none of: users are members by themselves. */
    record GroupBody(long id, String groupName, int groupType, String ldapGroupDn) {
    }

    /** @throws HarborException BAD_REQUEST for a group, or if there is no user */
    NewMember newMember() {
        if (memberGroup != null && (memberGroup.id() != 0 || memberGroup.groupName() != null)) {
            throw new HarborException(ErrorCode.BAD_REQUEST, "groups cannot be members: there are no groups");
        }
        if (memberUser == null) {
            throw new HarborException(ErrorCode.BAD_REQUEST, "a member needs a user_id or a username");
        }
        return new NewMember(Optional.of(memberUser.userId()).filter(id -> id != 0),
                Optional.ofNullable(memberUser.username()), roleId);
    }
}
