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
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.MDC;

/**
 * Gives each request an id: the client's {@code X-Request-Id} if it is harmless, a new one otherwise. It is in every
 * answer, in the access log and, as {@code %X{request}}, in the log lines of the request.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class RequestId extends HttpFilter {
    private static final long serialVersionUID = 1L;
    /** The header, in requests and answers; also the name of the request's attribute. */
    public static final String HEADER = "X-Request-Id";
    private static final int MAX_LENGTH = 64;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String id = of(request.getHeader(HEADER));
        response.setHeader(HEADER, id);
        request.setAttribute(HEADER, id);
        MDC.put("request", id);
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove("request");
        }
    }

    /** The id of a request that was sent with this one, or with none (null). */
    public static String of(String given) {
        return isHarmless(given) ? given : next();
    }

    /** As unique as a random UUID; but not secret, so the kernel need not be asked for it. */
    private static String next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong() & ~0xf000L | 0x4000L, random.nextLong() >>> 2 | Long.MIN_VALUE).toString();
    }

    private static boolean isHarmless(String id) {
        return id != null
                && !id.isEmpty()
                && id.length() <= MAX_LENGTH
                && id.chars().allMatch(c -> c == '-' || c < 128 && Character.isLetterOrDigit(c));
    }
}
