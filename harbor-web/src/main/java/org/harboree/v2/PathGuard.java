// SPDX-License-Identifier: Apache-2.0
package org.harboree.v2;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.web.Errors;

/**
 * Refuses paths below {@code /v2} and {@code /service} that could mean two things to two readers: empty and dotted segments, a slash at the end, matrix
 * parameters, backslashes, percent-encoding of anything but the colon of a digest. No repository, tag or digest needs
 * them, so rights and routing always see the same path.
 */
@WebFilter(urlPatterns = {"/v2/*", "/service/*"}, asyncSupported = true)
public class PathGuard extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final int MAX_LENGTH = 8192;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<HarborException> refusal = check(request.getRequestURI(), request.getQueryString());
        if (refusal.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        Errors.send(response, refusal.get());
    }

    static Optional<HarborException> check(String path, String query) {
        if (path.length() > MAX_LENGTH || length(query) > MAX_LENGTH) {
            return Optional.of(new HarborException(ErrorCode.URI_TOO_LONG));
        }
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '%' && !path.regionMatches(true, i, "%3A", 0, 3)) {
                return Optional.of(new HarborException(isText(path, i) ? ErrorCode.PATH_UNKNOWN : ErrorCode.NAME_INVALID));
            }
            if (c == ';' || c == '\\') {
                return Optional.of(new HarborException(ErrorCode.PATH_UNKNOWN));
            }
        }
        boolean odd = path.contains("//") || path.contains("/./") || path.contains("/../")
                || path.endsWith("/.") || path.endsWith("/..")
                || path.endsWith("/") && !path.equals("/v2/") && !path.endsWith("/blobs/uploads/");
        return odd ? Optional.of(new HarborException(ErrorCode.PATH_UNKNOWN)) : Optional.empty();
    }

    /** Whether the percent-encoding at that position stands for a printable ASCII character. */
    private static boolean isText(String path, int percent) {
        if (percent + 2 >= path.length()) {
            return false;
        }
        int value = Character.digit(path.charAt(percent + 1), 16) * 16 + Character.digit(path.charAt(percent + 2), 16);
        return value >= ' ' && value <= '~';
    }

    private static int length(String query) {
        return query == null ? 0 : query.length();
    }
}
