// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.harboree.identity.Authentication;
import org.harboree.identity.UserService;
import org.harboree.web.Sessions;

/** The visitor's own account: what they say about themselves, and their password. */
@Named
@RequestScoped
public class AccountView {
    private static final String PAGE = "/harbor/account";

    @Inject
    private HttpServletRequest request;

    @Inject
    private UserService users;

    @Inject
    private Authentication authentication;

    @Inject
    private Sessions sessions;

    @Inject
    private Visitor visitor;

    @Inject
    private Navigation navigation;

    @Inject
    private Problem problem;

    private final PersonForm form = new PersonForm();
    private String current;

    /** Fills in the form. @throws org.harboree.error.HarborException UNAUTHORIZED for who has not signed in */
    public void load() {
        form.fill(users.get(visitor.caller(), visitor.caller().userId()).profile());
    }

    /** @throws org.harboree.error.HarborException as the service */
    public void save() {
        users.updateProfile(visitor.caller(), visitor.caller().userId(), form.profile());
        navigation.leaveFor(PAGE, "account.saved", visitor.getName());
    }

    /**
     * Sets the password, which ends every session of the account, and begins one anew here.
     *
     * @throws org.harboree.error.HarborException as the service
     */
    public void changePassword() {
        if (!form.isRepeated(problem)) {
            return;
        }
        users.changePassword(visitor.caller(), visitor.caller().userId(), Optional.ofNullable(current),
                form.newPassword());
        authentication.signIn(visitor.getName(), form.newPassword(), request.getRemoteAddr())
                .ifPresent(known -> sessions.begin(request, known));
        navigation.leaveFor(PAGE, "account.password.changed", visitor.getName());
    }

    public PersonForm getForm() {
        return form;
    }

    /** Never handed out: a form that comes again has an empty field. */
    public String getCurrent() {
        return null;
    }

    public void setCurrent(String current) {
        this.current = current;
    }
}
