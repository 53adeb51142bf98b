// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Leads a browser that was given the server's name alone, or the first page of Harbor's portal, to the console. */
@WebServlet(urlPatterns = {"", "/harbor", "/harbor/", "/harbor/projects"}, asyncSupported = true)
public class ConsoleHome extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.sendRedirect(ReturnAddress.HOME);
    }
}
