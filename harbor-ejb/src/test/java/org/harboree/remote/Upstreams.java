// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote;

import java.time.Duration;
import java.util.Optional;
import org.harboree.remote.http.HttpLimits;
import org.harboree.remote.http.RemoteConnections;
import org.harboree.remote.http.Retry;
import org.harboree.remote.http.TargetGuard;

/** What tests of other registries need: loopback is allowed, waits are short. */
public final class Upstreams {
    /** Of {@link #connections}: how often a request is made in all. */
    public static final int ATTEMPTS = 3;

    private Upstreams() {
    }

    public static RemoteConnections connections() {
        Retry retry = new Retry(ATTEMPTS, Duration.ofMillis(2), Duration.ofMillis(5), Duration.ofSeconds(2));
        return new RemoteConnections(new TargetGuard(true),
                new HttpLimits(Duration.ofSeconds(5), Duration.ofMillis(700), 4, Duration.ofSeconds(5), retry));
    }

    public static RemoteEndpoint endpoint(String type, ScriptedUpstream upstream) {
        return RemoteEndpoint.of(type, upstream.url(), Optional.empty());
    }

    public static RemoteEndpoint endpoint(String type, ScriptedUpstream upstream, String user, String password) {
        return RemoteEndpoint.of(type, upstream.url(), Optional.of(RemoteCredential.basic(user, password)));
    }
}
