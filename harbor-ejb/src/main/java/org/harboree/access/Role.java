// SPDX-License-Identifier: Apache-2.0
package org.harboree.access;

import java.util.Arrays;
import java.util.Optional;

/** What a member is in a project, with Harbor's ids and the letters of the permission table. */
public enum Role {
    PROJECT_ADMIN(1, 'A'),
    DEVELOPER(2, 'D'),
    GUEST(3, 'G'),
    MAINTAINER(4, 'M'),
    LIMITED_GUEST(5, 'L');

    private final int id;
    private final char letter;

    Role(int id, char letter) {
        this.id = id;
        this.letter = letter;
    }

    /** Harbor's {@code role_id}. */
    public int id() {
        return id;
    }

    /** The role of Harbor's id, empty if there is none. */
    public static Optional<Role> of(int id) {
        return Arrays.stream(values()).filter(role -> role.id == id).findFirst();
    }

    char letter() {
        return letter;
    }
}
