// SPDX-License-Identifier: Apache-2.0
package org.harboree.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.jboss.logging.MDC;

/**
 * Gives each request an id: the client's {@code X-Request-Id} if it is harmless, a new one otherwise. It is in every
 * answer, in the access log and, as {@code %X{request}}, in the log lines of the request.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class RequestId extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String HEADER = "X-Request-Id";
    private static final int MAX_LENGTH = 64;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String given = request.getHeader(HEADER);
        String id = isHarmless(given) ? given : UUID.randomUUID().toString();
        response.setHeader(HEADER, id);
        MDC.put("request", id);
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove("request");
        }
    }

    private static boolean isHarmless(String id) {
        return id != null
                && !id.isEmpty()
                && id.length() <= MAX_LENGTH
                && id.chars().allMatch(c -> c == '-' || c < 128 && Character.isLetterOrDigit(c));
    }
}
