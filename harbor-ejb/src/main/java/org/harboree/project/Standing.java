// SPDX-License-Identifier: Apache-2.0
package org.harboree.project;

import java.util.Optional;
import java.util.Set;
import org.harboree.access.Caller;
import org.harboree.access.ProjectRef;
import org.harboree.access.Role;

/**
 * A project and where a user stands in it, read at one moment.
 *
 * @param caller the user as they are now; empty if there is no such user any more
 * @param roles the user's roles in the project
 */
public record Standing(ProjectRef project, Optional<Caller> caller, Set<Role> roles) {
}
