// SPDX-License-Identifier: Apache-2.0
package org.harboree.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.harboree.access.Caller;
import org.harboree.identity.Authentication;
import org.harboree.identity.SignIn;

/**
 * Who is signed in, in a browser. A session keeps the sign-in and a token against forged requests; the caller is read
 * from the live row at each request, so it ends with the account, the password and the administrator flag. It lives 30
 * minutes without a request and 12 hours in all. See docs/adr/0004.
 */
@ApplicationScoped
public class Sessions {
    /** Seconds that a session lives unused once somebody has signed in. */
    static final int IDLE_SECONDS = (int) Duration.ofMinutes(30).toSeconds();
    static final Duration LONGEST = Duration.ofHours(12);

    private static final String SIGN_IN = SignIn.class.getName();
    private static final String SINCE = SIGN_IN + ".since";
    private static final String CSRF_TOKEN = SIGN_IN + ".csrf";
    private static final int TOKEN_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Authentication authentication;
    private final LongSupplier clock;

    /** For the container's proxies. */
    protected Sessions() {
        this(null);
    }

    @Inject
    Sessions(Authentication authentication) {
        this(authentication, System::currentTimeMillis);
    }

    Sessions(Authentication authentication, LongSupplier clock) {
        this.authentication = authentication;
        this.clock = clock;
    }

    /** The caller who signed in with the request's session; empty without one, and once it is over. */
    public Optional<Caller> callerOf(HttpServletRequest request) {
        return live(request)
                .map(session -> (SignIn) session.getAttribute(SIGN_IN))
                .flatMap(authentication::resume);
    }

    /** Signs in: the session gets another id and another token than whatever was there before. */
    public void begin(HttpServletRequest request, SignIn signIn) {
        HttpSession session = request.getSession();
        request.changeSessionId();
        session.setMaxInactiveInterval(IDLE_SECONDS);
        session.setAttribute(SIGN_IN, signIn);
        session.setAttribute(SINCE, clock.getAsLong());
        byte[] token = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(token);
        session.setAttribute(CSRF_TOKEN, Base64.getUrlEncoder().withoutPadding().encodeToString(token));
    }

    /** Signs out; harmless without a session. */
    public void end(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }

    /** What a request of the signed-in session has to carry before it may change anything. */
    Optional<String> csrfToken(HttpServletRequest request) {
        return live(request).map(session -> (String) session.getAttribute(CSRF_TOKEN));
    }

    /** Compares without telling by the time it takes how much is right. */
    static boolean isSame(String token, String given) {
        return given != null && MessageDigest.isEqual(
                token.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private Optional<HttpSession> live(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null || session.getAttribute(SIGN_IN) == null) {
            return Optional.empty();
        }
        long age = clock.getAsLong() - (Long) session.getAttribute(SINCE);
        if (age > LONGEST.toMillis()) {
            session.invalidate();
            return Optional.empty();
        }
        return Optional.of(session);
    }
}
