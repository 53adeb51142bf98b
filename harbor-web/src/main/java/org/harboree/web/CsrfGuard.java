// SPDX-License-Identifier: Apache-2.0
package org.harboree.web;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;

/**
 * Harbor's rule for the API in a browser: who is known by a session alone must show, with each change, the token that
 * every answer carries, in a header and in a cookie. Another site can make the browser send neither the header nor,
 * being strict, the cookie. Requests with credentials of their own need no token.
 */
@WebFilter(urlPatterns = "/api/*", asyncSupported = true)
public class CsrfGuard extends HttpFilter {
    private static final long serialVersionUID = 1L;
    /** In answers what to send, in requests what was sent. */
    public static final String HEADER = "X-Harbor-CSRF-Token";
    /** The name that Harbor's clients know. */
    public static final String COOKIE = "_gorilla_csrf";
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    @Inject
    private transient Sessions sessions;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<String> token = Credentials.arePresent(request) ? Optional.empty() : sessions.csrfToken(request);
        if (token.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        boolean allowed = SAFE.contains(request.getMethod()) || shows(request, token.get());
        hand(request, response, token.get());
        if (allowed) {
            chain.doFilter(request, response);
        } else {
            Errors.send(response, new HarborException(ErrorCode.FORBIDDEN, "CSRF token invalid"));
        }
    }

    private static boolean shows(HttpServletRequest request, String token) {
        return Sessions.isSame(token, request.getHeader(HEADER))
                && Sessions.isSame(token, cookie(request).orElse(null));
    }

    private static void hand(HttpServletRequest request, HttpServletResponse response, String token) {
        response.setHeader(HEADER, token);
        if (!cookie(request).filter(token::equals).isPresent()) {
            Cookie cookie = new Cookie(COOKIE, token);
            cookie.setPath("/");
            cookie.setHttpOnly(true);
            cookie.setSecure(request.getServletContext().getSessionCookieConfig().isSecure());
            cookie.setAttribute("SameSite", "Strict");
            response.addCookie(cookie);
        }
    }

    private static Optional<String> cookie(HttpServletRequest request) {
        return Optional.ofNullable(request.getCookies()).stream().flatMap(Stream::of)
                .filter(cookie -> cookie.getName().equals(COOKIE)).map(Cookie::getValue).findFirst();
    }
}
