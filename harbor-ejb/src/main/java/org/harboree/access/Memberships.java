// SPDX-License-Identifier: Apache-2.0
package org.harboree.access;

import java.util.Set;

/** The port through which rights learn who is what in a project; the projects implement it from live rows. */
public interface Memberships {
    /** The caller's roles in the project, empty for a stranger and for the anonymous caller. */
    Set<Role> rolesOf(Caller caller, long projectId);
}
