// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import org.harboree.access.Caller;
import org.harboree.web.Sessions;

/** Who looks at the page; {@code #{visitor}} in pages. */
@Named
@RequestScoped
public class Visitor {
    @Inject
    private HttpServletRequest request;

    @Inject
    private Sessions sessions;

    private Caller caller;

    /** On whose behalf the services are called, read once a request. */
    public Caller caller() {
        if (caller == null) {
            caller = sessions.callerOf(request).orElse(Caller.anonymous());
        }
        return caller;
    }

    public boolean isSignedIn() {
        return !caller().isAnonymous();
    }

    public boolean isAdmin() {
        return caller().sysadmin();
    }

    /** The user name, empty for who has not signed in. */
    public String getName() {
        return caller().name();
    }
}
