// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.harboree.error.HarborException;

/**
 * Tells a page that is open whether what it shows has changed: {@code /harbor/live?name=project} or
 * {@code project/repository} is answered by {@link Live#version}. Who may not see it is told nothing but the status,
 * and the page stops asking (console.js).
 */
@WebServlet("/harbor/live")
public class LiveServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Live live;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = request.getParameter("name");
        response.setContentType("text/plain;charset=UTF-8");
        try {
            response.getWriter().write(live.version(name == null ? "" : name));
        } catch (HarborException refusal) {
            response.setStatus(refusal.code().status());
        }
    }
}
