// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.List;

/** One line for the next page, about what was just done. It waits in the session, as the page comes by a redirect. */
@RequestScoped
public class Toasts {
    private static final String WAITING = Toasts.class.getName();

    @Inject
    private HttpServletRequest request;

    /** @param line in the visitor's language */
    public void add(String line) {
        request.getSession().setAttribute(WAITING, line);
    }

    List<String> take() {
        HttpSession session = request.getSession(false);
        String line = session == null ? null : (String) session.getAttribute(WAITING);
        if (line == null) {
            return List.of();
        }
        session.removeAttribute(WAITING);
        return List.of(line);
    }
}
