// SPDX-License-Identifier: Apache-2.0
package org.harboree.project;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import org.harboree.access.Caller;
import org.harboree.access.Memberships;
import org.harboree.access.Role;
import org.harboree.transaction.UnitOfWork;

/** Reads roles from the live rows, at each question: nothing about rights is remembered. */
@ApplicationScoped
public class LiveMemberships implements Memberships {
    private ProjectMemberDao members;
    private UnitOfWork unitOfWork;

    /** For the container's proxies. */
    protected LiveMemberships() {
    }

    @Inject
    public LiveMemberships(ProjectMemberDao members, UnitOfWork unitOfWork) {
        this.members = members;
        this.unitOfWork = unitOfWork;
    }

    @Override
    public Set<Role> rolesOf(Caller caller, long projectId) {
        if (caller.kind() != Caller.Kind.USER) {
            return Set.of();
        }
        return unitOfWork.call(() -> members.roles(caller.userId(), projectId));
    }
}
