// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.Optional;
import org.harboree.identity.Authentication;
import org.harboree.identity.Profile;
import org.harboree.identity.User;
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

    private String email;
    private String realname;
    private String comment;
    private String current;
    private String password;
    private String repeated;

    /** Fills in the form. @throws org.harboree.error.HarborException UNAUTHORIZED for who has not signed in */
    public void load() {
        User user = users.get(visitor.caller(), visitor.caller().userId());
        email = user.profile().email().orElse("");
        realname = user.profile().realname().orElse("");
        comment = user.profile().comment().orElse("");
    }

    /** @throws org.harboree.error.HarborException as the service */
    public void save() {
        users.updateProfile(visitor.caller(), visitor.caller().userId(), new Profile(email, realname, comment));
        navigation.leaveFor(PAGE, "account.saved", visitor.getName());
    }

    /**
     * Sets the password, which ends every session of the account, and begins one anew here.
     *
     * @throws org.harboree.error.HarborException as the service
     */
    public void changePassword() {
        if (!Objects.equals(password, repeated)) {
            problem.tell("password.differs");
            return;
        }
        users.changePassword(visitor.caller(), visitor.caller().userId(), Optional.ofNullable(current), password);
        authentication.signIn(visitor.getName(), password, request.getRemoteAddr())
                .ifPresent(known -> sessions.begin(request, known));
        navigation.leaveFor(PAGE, "account.password.changed", visitor.getName());
    }

    public String getEmail() {
        return email;
    }

    public void setEmail(String email) {
        this.email = email;
    }

    public String getRealname() {
        return realname;
    }

    public void setRealname(String realname) {
        this.realname = realname;
    }

    public String getComment() {
        return comment;
    }

    public void setComment(String comment) {
        this.comment = comment;
    }

    /** Never handed out: a form that comes again has an empty field. */
    public String getCurrent() {
        return null;
    }

    public void setCurrent(String current) {
        this.current = current;
    }

    /** Never handed out, as {@link #getCurrent()}. */
    public String getPassword() {
        return null;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    /** Never handed out, as {@link #getCurrent()}. */
    public String getRepeated() {
        return null;
    }

    public void setRepeated(String repeated) {
        this.repeated = repeated;
    }
}
