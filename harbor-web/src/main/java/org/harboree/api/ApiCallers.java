// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import org.harboree.access.Caller;
import org.harboree.web.Credentials;

/**
 * On whose behalf a request of the API is made. Wrong credentials are none, as in Harbor: the request goes on as
 * anonymous, and what needs a login answers 401.
 */
@ApplicationScoped
public class ApiCallers {
    @Inject
    private Credentials credentials;

    /** @throws org.harboree.error.HarborException TOO_MANY_REQUESTS after too many wrong passwords */
    public Caller of(HttpServletRequest request) {
        return credentials.basic(request).orElse(Caller.anonymous());
    }
}
