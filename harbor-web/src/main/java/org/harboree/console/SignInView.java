// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.harboree.identity.Authentication;
import org.harboree.identity.SignIn;
import org.harboree.web.Sessions;

/** The door: name and password for a session, and back out. */
@Named
@RequestScoped
public class SignInView {
    @Inject
    private HttpServletRequest request;

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

    private String name;
    private String password;
    private String returnTo;

    /** Who has signed in already goes on to where they wanted. */
    public void skipIfSignedIn() {
        if (visitor.isSignedIn()) {
            navigation.leaveFor(ReturnAddress.checked(returnTo));
        }
    }

    /**
     * Begins a session and goes on to the page that was asked for; with wrong credentials stays here and says so.
     *
     * @throws org.harboree.error.HarborException TOO_MANY_REQUESTS after too many wrong ones
     */
    public void signIn() {
        Optional<SignIn> known = authentication.signIn(
                name == null ? "" : name, password == null ? "" : password, request.getRemoteAddr());
        if (known.isEmpty()) {
            problem.tell("signIn.wrong");
            return;
        }
        sessions.begin(request, known.get());
        navigation.leaveFor(ReturnAddress.checked(returnTo));
    }

    /** Ends the session. */
    public void signOut() {
        sessions.end(request);
        navigation.leaveFor(ReturnAddress.HOME);
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    /** Never handed out: a page that comes again has an empty field. */
    public String getPassword() {
        return null;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public String getReturnTo() {
        return returnTo;
    }

    public void setReturnTo(String returnTo) {
        this.returnTo = returnTo;
    }
}
