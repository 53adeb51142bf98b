// SPDX-License-Identifier: Apache-2.0
package org.harboree.v2;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import org.harboree.registry.WarmPulls;

/** Gives the handler, which Undertow makes before any bean is there, its service. */
@WebListener
public class WarmPullSetup implements ServletContextListener {
    @Inject
    private WarmPulls pulls;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        event.getServletContext().setAttribute(WarmPullHandler.SERVICE, pulls);
    }
}
