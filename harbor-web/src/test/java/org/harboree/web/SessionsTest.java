// SPDX-License-Identifier: Apache-2.0
package org.harboree.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.harboree.identity.SignIn;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private static final long NOW = 1_700_000_000_000L;

    private final Map<String, Object> attributes = new HashMap<>();
    private boolean invalidated;
    private int idleSeconds;
    private int renewals;
    private long now = NOW;
    private final Sessions sessions = new Sessions(null, () -> now);

    @Test
    void shouldLetASessionLiveForTwelveHoursAndNoLonger() {
        sessions.begin(request(), new SignIn(7, "fingerprint"));

        now = NOW + Duration.ofHours(12).toMillis();
        assertThat(sessions.csrfToken(request())).isPresent();

        now++;
        assertThat(sessions.csrfToken(request())).isEmpty();
        assertThat(invalidated).isTrue();
    }

    @Test
    void shouldRenewIdAndTokenAndGiveHalfAnHourAtEachSignIn() {
        sessions.begin(request(), new SignIn(7, "fingerprint"));
        String first = sessions.csrfToken(request()).orElseThrow();
        sessions.begin(request(), new SignIn(7, "fingerprint"));

        assertThat(sessions.csrfToken(request()).orElseThrow()).isNotEqualTo(first).hasSizeGreaterThan(40);
        assertThat(renewals).isEqualTo(2);
        assertThat(idleSeconds).isEqualTo(30 * 60);
    }

    @Test
    void shouldHaveNoTokenForWhoHasNotSignedIn() {
        assertThat(sessions.csrfToken(request())).isEmpty();
        assertThat(invalidated).isFalse();
    }

    private HttpServletRequest request() {
        return proxy(HttpServletRequest.class, (self, asked, arguments) -> switch (asked.getName()) {
            case "getSession" -> session();
            case "changeSessionId" -> "s" + ++renewals;
            default -> throw new UnsupportedOperationException(asked.toString());
        });
    }

    private HttpSession session() {
        return proxy(HttpSession.class, (self, asked, arguments) -> switch (asked.getName()) {
            case "getAttribute" -> attributes.get((String) arguments[0]);
            case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
            case "setMaxInactiveInterval" -> idleSeconds = (Integer) arguments[0];
            case "invalidate" -> invalidated = true;
            default -> throw new UnsupportedOperationException(asked.toString());
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, asked, given) -> {
            Object answer = handler.invoke(self, asked, given);
            return asked.getReturnType() == void.class ? null : answer;
        }));
    }
}
