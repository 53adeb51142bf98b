// SPDX-License-Identifier: Apache-2.0
package org.harboree.access;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a registry token may allow on a repository, by its name in a scope. */
public enum Action {
    PULL(Permission.REPOSITORY_PULL),
    PUSH(Permission.REPOSITORY_PUSH),
    DELETE(Permission.ARTIFACT_DELETE);

    private final String wireName = name().toLowerCase(Locale.ROOT);
    private final Permission permission;

    Action(Permission permission) {
        this.permission = permission;
    }

    public String wireName() {
        return wireName;
    }

    /** The right that a caller must hold in the project to be given this action. */
    public Permission permission() {
        return permission;
    }

    /** Exact and case-sensitive; empty for anything else. */
    public static Optional<Action> parse(String wireName) {
        for (Action action : values()) {
            if (action.wireName.equals(wireName)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }

    /** {@code *} asks for whatever is held. */
    public static Set<Action> all() {
        return EnumSet.allOf(Action.class);
    }
}
