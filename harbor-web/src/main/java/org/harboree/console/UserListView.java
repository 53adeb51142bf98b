// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Optional;
import org.harboree.identity.NewUser;
import org.harboree.identity.User;
import org.harboree.identity.UserFilter;
import org.harboree.identity.UserName;
import org.harboree.identity.UserService;
import org.harboree.listing.Page;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query;
import org.harboree.listing.Sort;
import org.harboree.project.MemberService;
import org.harboree.project.UserProjects;

/** All accounts, for system administrators: made, given the administrator's rights or a password, deleted. */
@Named
@RequestScoped
public class UserListView extends ListView<User> {
    private static final String PAGE = "/harbor/user-list";

    @Inject
    private UserService users;

    @Inject
    private MemberService members;

    @Inject
    private Visitor visitor;

    @Inject
    private Asked asked;

    @Inject
    private Navigation navigation;

    @Inject
    private Problem problem;

    private UserName chosen;
    private String newName;
    private final PersonForm form = new PersonForm();

    @Override
    protected Page<User> read(PageRequest request) {
        Sort sort = Sort.parse(getSort(), UserService.KEYS.keySet(), UserService.BY_NAME);
        UserFilter filter = new UserFilter(Optional.ofNullable(getFilter()), Optional.empty(), Query.none());
        return users.list(visitor.caller(), filter, sort, request);
    }

    public boolean isSelf(User user) {
        return user.id() == visitor.caller().userId();
    }

    /** Whether to offer it; the service decides. */
    public boolean isDeletable(User user) {
        return !isSelf(user) && user.id() != UserService.FIRST_ADMIN;
    }

    /** The user of the dialog; null if there is none, or no more. */
    public UserName getChosen() {
        if (chosen == null) {
            chosen = asked.id().flatMap(id -> users.findName(visitor.caller(), id)).orElse(null);
        }
        return chosen;
    }

    /** What ends with the chosen account, and what does not. */
    public UserProjects getChosenProjects() {
        return members.projectsOf(visitor.caller(), getChosen().id());
    }

    /** Makes the account of the form. @throws org.harboree.error.HarborException as the service */
    public void create() {
        if (form.isRepeated(problem)) {
            users.create(visitor.caller(), new NewUser(newName, form.profile(), form.newPassword()));
            navigation.leaveFor(PAGE, "users.created", newName);
        }
    }

    /** @throws org.harboree.error.HarborException as the service */
    public void changePassword() {
        if (form.isRepeated(problem)) {
            users.changePassword(visitor.caller(), chosenId(), Optional.empty(), form.newPassword());
            leave("users.password.changed");
        }
    }

    /** @throws org.harboree.error.HarborException as the service */
    public void grant() {
        users.setSysadmin(visitor.caller(), chosenId(), true);
        leave("users.granted");
    }

    /** @throws org.harboree.error.HarborException as the service */
    public void revoke() {
        users.setSysadmin(visitor.caller(), chosenId(), false);
        leave("users.revoked");
    }

    /** @throws org.harboree.error.HarborException as the service */
    public void delete() {
        String name = getChosen() == null ? "" : getChosen().username();
        users.delete(visitor.caller(), chosenId());
        navigation.leaveFor(PAGE, "users.deleted", name);
    }

    private void leave(String key) {
        navigation.leaveFor(PAGE + getAddress(), key, getChosen().username());
    }

    private long chosenId() {
        return asked.id().orElse(0L);
    }

    public String getNewName() {
        return newName;
    }

    public void setNewName(String newName) {
        this.newName = newName;
    }

    public PersonForm getForm() {
        return form;
    }
}
