// SPDX-License-Identifier: Apache-2.0
package org.harboree.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;

/**
 * What is refused before a resource of ours sees it gets our error body too, not a page of the server's; who looked for
 * a page of the console gets one of the console.
 */
@WebServlet(urlPatterns = "/error", asyncSupported = true)
public class ErrorPage extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String CONSOLE = "/harbor";
    private static final String CONSOLE_PAGE = "/harbor/error.xhtml";

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        Object given = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        int status = given instanceof Integer number ? number : ErrorCode.PATH_UNKNOWN.status();
        String path = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
        if (path.equals(CONSOLE) || path.startsWith(CONSOLE + "/")) {
            request.getRequestDispatcher(CONSOLE_PAGE).forward(new PlainGet(request), response);
            return;
        }
        Errors.send(response, status, new HarborException(code(status, path.startsWith("/v2"))));
    }

    /** Whatever form failed, the error page does not look at it. */
    private static final class PlainGet extends HttpServletRequestWrapper {
        PlainGet(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getMethod() {
            return "GET";
        }

        @Override
        public String getParameter(String name) {
            return null;
        }

        @Override
        public String[] getParameterValues(String name) {
            return null;
        }

        @Override
        public Enumeration<String> getParameterNames() {
            return Collections.emptyEnumeration();
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            return Map.of();
        }

        @Override
        public String getHeader(String name) {
            return name.equalsIgnoreCase("Faces-Request") ? null : super.getHeader(name);
        }
    }

    private static ErrorCode code(int status, boolean registry) {
        return switch (status) {
            case 401 -> ErrorCode.UNAUTHORIZED;
            case 403 -> registry ? ErrorCode.DENIED : ErrorCode.FORBIDDEN;
            case 404 -> registry ? ErrorCode.PATH_UNKNOWN : ErrorCode.NOT_FOUND;
            case 405 -> registry ? ErrorCode.METHOD_UNSUPPORTED : ErrorCode.METHOD_NOT_ALLOWED;
            case 503 -> ErrorCode.SERVICE_UNAVAILABLE;
            default -> status >= 500 ? ErrorCode.UNKNOWN : registry ? ErrorCode.UNSUPPORTED : ErrorCode.BAD_REQUEST;
        };
    }
}
