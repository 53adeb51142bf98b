// SPDX-License-Identifier: Apache-2.0
package org.harboree.web;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import org.harboree.config.Settings;

/** What web.xml cannot say of sessions: the cookie is for TLS only where clients come over TLS. */
@WebListener
public class SessionRules implements ServletContextListener, HttpSessionListener {
    /** Seconds that a session lives unused while nobody has signed in: long enough to fill in the form. */
    private static final int ANONYMOUS_SECONDS = 10 * 60;

    @Inject
    private Settings settings;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        event.getServletContext().getSessionCookieConfig()
                .setSecure("https".equals(settings.externalUrl().getScheme()));
    }

    @Override
    public void sessionCreated(HttpSessionEvent event) {
        event.getSession().setMaxInactiveInterval(ANONYMOUS_SECONDS);
    }
}
