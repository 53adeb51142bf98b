// SPDX-License-Identifier: Apache-2.0
package org.harboree.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;

/** The one guard that every service asks first: live memberships against the table {@link Permission}. */
@ApplicationScoped
public class AccessGuard {
    private Memberships memberships;

    /** For the container's proxies. */
    protected AccessGuard() {
    }

    @Inject
    public AccessGuard(Memberships memberships) {
        this.memberships = memberships;
    }

    /** Whether the caller may: system administrators all, others by the union of their roles and the public rights. */
    public boolean allows(Caller caller, Permission permission, ProjectRef project) {
        return allows(caller, permission, project, () -> memberships.rolesOf(caller, project.id()));
    }

    /** The same where the caller's live roles come with the project; they are asked for only where they decide. */
    public boolean allows(Caller caller, Permission permission, ProjectRef project, Supplier<Set<Role>> roles) {
        return caller.sysadmin() || isOpen(permission, project)
                || roles.get().stream().anyMatch(permission::isHeldBy);
    }

    /** @throws HarborException UNAUTHORIZED if the caller is anonymous, else FORBIDDEN */
    public void require(Caller caller, Permission permission, ProjectRef project) {
        if (!allows(caller, permission, project)) {
            throw refusal(caller);
        }
    }

    /** @throws HarborException UNAUTHORIZED if the caller is anonymous, FORBIDDEN if no system administrator */
    public void requireSysadmin(Caller caller) {
        if (!caller.sysadmin()) {
            throw refusal(caller);
        }
    }

    /** @throws HarborException UNAUTHORIZED if the caller is anonymous */
    public void requireLogin(Caller caller) {
        if (caller.isAnonymous()) {
            throw refusal(caller);
        }
    }

    /** Everything the caller may in the project. */
    public Set<Permission> permissions(Caller caller, ProjectRef project) {
        if (caller.sysadmin()) {
            return EnumSet.allOf(Permission.class);
        }
        Set<Role> roles = memberships.rolesOf(caller, project.id());
        return Stream.of(Permission.values())
                .filter(permission -> isOpen(permission, project) || roles.stream().anyMatch(permission::isHeldBy))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Permission.class)));
    }

    /** The answer to a caller without the right: log in (401), or no (403). */
    public HarborException refusal(Caller caller) {
        return caller.isAnonymous()
                ? new HarborException(ErrorCode.UNAUTHORIZED, "unauthorized")
                : new HarborException(ErrorCode.FORBIDDEN);
    }

    private static boolean isOpen(Permission permission, ProjectRef project) {
        return project.isPublic() && permission.isForAnybodyOnPublic();
    }
}
