// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.harboree.identity.User;

/** Harbor's {@code UserResp}. {@code admin_role_in_auth} is about other sources of users than this database. */
record UserView(String email, String realname, String comment, long userId, String username,
        @JsonInclude(JsonInclude.Include.ALWAYS) boolean sysadminFlag,
        @JsonInclude(JsonInclude.Include.ALWAYS) boolean adminRoleInAuth, String creationTime, String updateTime) {

    static UserView of(User user) {
        return new UserView(user.profile().email().orElse(""), user.profile().realname().orElse(""),
                user.profile().comment().orElse(""), user.id(), user.username(), user.isSysadmin(), false,
                Json.time(user.creationTime()), Json.time(user.updateTime()));
    }
}
