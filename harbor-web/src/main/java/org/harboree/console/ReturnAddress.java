// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where to go after the sign-in: a page of the console and nothing else, so that no link leads to another site. */
final class ReturnAddress {
    static final String HOME = "/harbor/project-list";

    private static final String SIGN_IN = "/harbor/sign-in";
    private static final Pattern PAGE = Pattern.compile("/harbor/[a-z-]+(\\?[\\w.~%&=+:@/,*()!'-]*)?");
    private static final int LONGEST = 2000;

    private ReturnAddress() {
    }

    /** The address as it is if it is a page of ours, else the first page. */
    static String checked(String given) {
        return isPage(given) ? given : HOME;
    }

    /** The page that is asked for; behind a form, the page that the form is on. */
    static String of(HttpServletRequest request) {
        if (request.getMethod().equals("GET")) {
            String query = request.getQueryString();
            return checked(request.getRequestURI() + (query == null ? "" : "?" + query));
        }
        return referrer(request).filter(ReturnAddress::isPage).orElseGet(() -> checked(request.getRequestURI()));
    }

    static String signInAndBackTo(String page) {
        return page.equals(HOME) ? SIGN_IN : SIGN_IN + "?return=" + URLEncoder.encode(page, StandardCharsets.UTF_8);
    }

    /** Path and query of the header {@code Referer}, whichever host stands in it: the host is not gone to. */
    private static Optional<String> referrer(HttpServletRequest request) {
        try {
            return Optional.ofNullable(request.getHeader("Referer")).map(URI::create)
                    .map(uri -> uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    private static boolean isPage(String given) {
        return given != null && given.length() <= LONGEST && PAGE.matcher(given).matches()
                && !given.startsWith(SIGN_IN);
    }
}
