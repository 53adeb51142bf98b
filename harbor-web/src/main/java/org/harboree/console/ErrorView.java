// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.harboree.web.RequestId;

/** The page for an address that leads nowhere, a page that one may not see, and what failed. */
@Named
@RequestScoped
public class ErrorView {
    private static final int NOT_FOUND = 404;
    private static final int FAILED = 500;
    private static final Set<Integer> KNOWN = Set.of(400, 403, NOT_FOUND, FAILED);

    @Inject
    private HttpServletRequest request;

    /** Of the answer; who opens this page itself has found nothing. */
    public int getStatus() {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        return status instanceof Integer number ? number : NOT_FOUND;
    }

    /** Which words of the bundle: {@code errorPage.<kind>.title} and {@code .text}. */
    public int getKind() {
        int status = getStatus();
        return KNOWN.contains(status) ? status : status > FAILED ? FAILED : 400;
    }

    public String getRequestId() {
        return (String) request.getAttribute(RequestId.HEADER);
    }
}
