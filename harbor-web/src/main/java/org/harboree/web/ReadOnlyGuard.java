// SPDX-License-Identifier: Apache-2.0
package org.harboree.web;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.harboree.config.Settings;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;

/**
 * Refuses every change while the setting {@code read_only} holds; logins and pulls go on. The forms of the console go
 * through, as an answer of this kind is no page: there {@code org.harboree.console.ReadOnlyActions} refuses.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class ReadOnlyGuard extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final String CONSOLE = "/harbor/";
    /** Harbor's words: clients look for them. */
    private static final String MESSAGE = "The system is in read only mode. Any modification is prohibited.";

    @Inject
    private transient Settings settings;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (SAFE.contains(request.getMethod()) || request.getServletPath().startsWith(CONSOLE)
                || !settings.readOnly()) {
            chain.doFilter(request, response);
            return;
        }
        Errors.send(response, new HarborException(ErrorCode.DENIED, MESSAGE));
    }
}
