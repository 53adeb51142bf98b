// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.harboree.access.Role;
import org.harboree.error.HarborException;
import org.harboree.listing.Page;
import org.harboree.listing.PageRequest;
import org.harboree.project.Member;
import org.harboree.project.MemberService;
import org.harboree.project.NewMember;

/** Who may what in a project. */
@Named
@RequestScoped
public class ProjectMembersView extends ListView<Member> {
    /** From the one who may most to the one who may least. */
    private static final List<Role> ROLES =
            List.of(Role.PROJECT_ADMIN, Role.MAINTAINER, Role.DEVELOPER, Role.GUEST, Role.LIMITED_GUEST);

    @Inject
    private HttpServletRequest request;

    @Inject
    private MemberService members;

    @Inject
    private ProjectHead head;

    @Inject
    private Visitor visitor;

    @Inject
    private Asked asked;

    @Inject
    private Navigation navigation;

    private Optional<Member> chosen;
    private String username;

    @Override
    protected Page<Member> read(PageRequest page) {
        return members.list(visitor.caller(), head.key(), getFilter() == null ? "" : getFilter(), page);
    }

    @Override
    protected Map<String, String> parameters() {
        return Map.of("name", head.getName());
    }

    public List<Role> getRoles() {
        return ROLES;
    }

    public boolean isSelf(Member member) {
        return member != null && member.userId() == visitor.caller().userId();
    }

    /** The member of the dialog; null if there is none, or no more. */
    public Member getChosen() {
        if (chosen == null) {
            chosen = asked.id()
                    .flatMap(id -> Asked.ifThere(() -> members.get(visitor.caller(), head.key(), id)));
        }
        return chosen.orElse(null);
    }

    /** The role that the form has chosen, else the one that the member of the dialog has, else a guest's. */
    public Role getRole() {
        String given = request.getParameter("role");
        Optional<Role> role = ROLES.stream().filter(one -> one.name().equals(given)).findFirst();
        return role.orElseGet(() -> getChosen() == null ? Role.GUEST : getChosen().role());
    }

    /** Makes the user of the form a member. @throws HarborException as the service */
    public void add() {
        members.add(visitor.caller(), head.key(),
                new NewMember(Optional.empty(), Optional.ofNullable(username).map(String::strip), getRole().id()));
        leave("members.added", username);
    }

    /** @throws HarborException as the service */
    public void changeRole() {
        members.changeRole(visitor.caller(), head.key(), asked.id().orElse(0L), getRole().id());
        leave("members.changed", getChosen().username());
    }

    /** @throws HarborException as the service */
    public void remove() {
        Member leaving = getChosen();
        members.remove(visitor.caller(), head.key(), asked.id().orElse(0L));
        if (isSelf(leaving) && !visitor.isAdmin()) {
            navigation.leaveFor(ReturnAddress.HOME, "members.removed", leaving.username());
        } else {
            leave("members.removed", leaving.username());
        }
    }

    private void leave(String key, String name) {
        navigation.leaveFor("/harbor/project-members" + getAddress(), key, name);
    }

    public String getUsername() {
        return username;
    }

    public void setUsername(String username) {
        this.username = username;
    }
}
