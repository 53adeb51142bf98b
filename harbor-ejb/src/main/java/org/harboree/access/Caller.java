// SPDX-License-Identifier: Apache-2.0
package org.harboree.access;

import java.util.Objects;

/**
 * On whose behalf something happens; made once per request from live data, and passed down as first argument.
 *
 * @param userId id of the user's row, 0 for the anonymous caller and the system
 * @param name what audit and tokens show, empty for the anonymous caller
 * @param sysadmin may do everything
 */
public record Caller(Kind kind, long userId, String name, boolean sysadmin) {
    private static final Caller ANONYMOUS = new Caller(Kind.ANONYMOUS, 0, "", false);
    private static final Caller SYSTEM = new Caller(Kind.SYSTEM, 0, "system", true);

    /** What stands behind a caller. */
    public enum Kind {
        ANONYMOUS, USER, SYSTEM
    }

    public Caller {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(name);
    }

    /** Nobody we know. */
    public static Caller anonymous() {
        return ANONYMOUS;
    }

    /** The product itself: jobs and the first start. */
    public static Caller system() {
        return SYSTEM;
    }

    public boolean isAnonymous() {
        return kind == Kind.ANONYMOUS;
    }
}
