// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import org.harboree.access.Caller;
import org.harboree.web.Credentials;
import org.harboree.web.Sessions;

/**
 * On whose behalf a request of the API is made: who sends credentials, else who is signed in to the console. Wrong
 * credentials are none, as in Harbor: the request goes on as anonymous, and what needs a login answers 401.
 */
@ApplicationScoped
public class ApiCallers {
    @Inject
    private Credentials credentials;

    @Inject
    private Sessions sessions;

    /** @throws org.harboree.error.HarborException TOO_MANY_REQUESTS after too many wrong passwords */
    public Caller of(HttpServletRequest request) {
        return (Credentials.arePresent(request) ? credentials.basic(request) : sessions.callerOf(request))
                .orElse(Caller.anonymous());
    }
}
