// SPDX-License-Identifier: Apache-2.0
package org.harboree.project;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Optional;
import org.harboree.access.Caller;
import org.harboree.access.Permission;
import org.harboree.access.ProjectRef;
import org.harboree.access.Role;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.error.Reason;
import org.harboree.identity.UserName;
import org.harboree.identity.UserService;
import org.harboree.listing.Page;
import org.harboree.listing.PageRequest;
import org.harboree.transaction.UnitOfWork;

/** The members of a project. Without the right or the project, {@link Projects#resolve} refuses. */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class MemberService {
    private Projects directory;
    private ProjectMemberDao members;
    private UserService users;
    private UnitOfWork unitOfWork;

    /** For the container's proxies. */
    public MemberService() {
    }

    @Inject
    MemberService(Projects directory, ProjectMemberDao members, UserService users, UnitOfWork unitOfWork) {
        this.directory = directory;
        this.members = members;
        this.users = users;
        this.unitOfWork = unitOfWork;
    }

    /**
     * Makes a user a member.
     *
     * @return the id of the membership
     * @throws HarborException BAD_REQUEST for a role that is not, NOT_FOUND for a user that is not, CONFLICT for a
     *     member
     */
    public long add(Caller caller, ProjectKey key, NewMember member) {
        ProjectRef project = directory.resolve(caller, key, Permission.MEMBER_CREATE);
        Role role = role(member.roleId());
        Optional<UserName> user = member.userId().isPresent()
                ? users.findName(caller, member.userId().get())
                : users.findName(caller, member.username().orElse(""));
        long userId = user.map(UserName::id)
                .orElseThrow(() -> new HarborException(ErrorCode.NOT_FOUND, "the user to be added does not exist")
                        .because(Reason.USER_UNKNOWN));
        return unitOfWork.call(() -> {
            directory.hold(project.id());
            return members.insert(new ProjectMember(project.id(), userId, role));
        });
    }

    /** The members in the order of their names. @param namePart what a user name contains; empty for all */
    public Page<Member> list(Caller caller, ProjectKey key, String namePart, PageRequest page) {
        ProjectRef project = directory.resolve(caller, key, Permission.MEMBER_LIST);
        return unitOfWork.call(() -> members.list(project.id(), namePart, page));
    }

    /** @throws HarborException NOT_FOUND if the project has no such membership */
    public Member get(Caller caller, ProjectKey key, long memberId) {
        ProjectRef project = directory.resolve(caller, key, Permission.MEMBER_READ);
        return unitOfWork.call(() -> members.find(project.id(), memberId)).orElseThrow(() -> missing(memberId));
    }

    /** @throws HarborException BAD_REQUEST for a role that is not, NOT_FOUND if the project has no such membership */
    public void changeRole(Caller caller, ProjectKey key, long memberId, int roleId) {
        ProjectRef project = directory.resolve(caller, key, Permission.MEMBER_UPDATE);
        Role role = role(roleId);
        unitOfWork.run(() -> members.findRow(project.id(), memberId).orElseThrow(() -> missing(memberId)).change(role));
    }

    /** @throws HarborException NOT_FOUND if the project has no such membership */
    public void remove(Caller caller, ProjectKey key, long memberId) {
        ProjectRef project = directory.resolve(caller, key, Permission.MEMBER_DELETE);
        unitOfWork.run(() -> members.delete(
                members.findRow(project.id(), memberId).orElseThrow(() -> missing(memberId))));
    }

    /**
     * How a user stands in the projects, for the user and for system administrators.
     *
     * @throws HarborException NOT_FOUND if there is no such user, UNAUTHORIZED, FORBIDDEN
     */
    public UserProjects projectsOf(Caller caller, long userId) {
        users.get(caller, userId);
        return unitOfWork.call(() -> members.projectsOf(userId));
    }

    private static Role role(int id) {
        return Role.of(id).orElseThrow(() -> new HarborException(ErrorCode.BAD_REQUEST,
                "role id " + id + " is not in 1,2,3,4,5"));
    }

    private static HarborException missing(long memberId) {
        return new HarborException(ErrorCode.NOT_FOUND, "the member " + memberId + " was not found");
    }
}
