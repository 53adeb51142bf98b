// SPDX-License-Identifier: Apache-2.0
package org.harboree.project;

import java.util.Optional;

/** A member to be: the user by id, else by name. */
public record NewMember(Optional<Long> userId, Optional<String> username, int roleId) {
}
