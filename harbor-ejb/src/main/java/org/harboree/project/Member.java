// SPDX-License-Identifier: Apache-2.0
package org.harboree.project;

import org.harboree.access.Role;

/**
 * A member as clients see one.
 *
 * @param id of the membership, not of the user
 */
public record Member(long id, long projectId, long userId, String username, Role role) {

    /** As the row has it. */
    public Member(long id, long projectId, long userId, String username, int roleId) {
        this(id, projectId, userId, username, Role.of(roleId).orElseThrow());
    }
}
