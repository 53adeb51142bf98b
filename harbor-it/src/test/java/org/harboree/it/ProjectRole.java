// SPDX-License-Identifier: Apache-2.0
package org.harboree.it;

/** The roles of a project's members, with the numbers that Harbor's API gives them. */
public enum ProjectRole {

    /** Manages the project itself. */
    PROJECT_ADMIN(1),
    /** Pushes and pulls. */
    DEVELOPER(2),
    /** Pulls only. */
    GUEST(3),
    /** Pushes, pulls, deletes, scans. */
    MAINTAINER(4),
    /** Pulls, without seeing members and logs. */
    LIMITED_GUEST(5);

    private final int id;

    ProjectRole(int id) {
        this.id = id;
    }

    /** The {@code role_id} of the API. */
    public int id() {
        return id;
    }
}
