// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.http;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A header that a login gives, for some time; the login is made when it is first needed, and again after it. */
public final class SessionAuthorization implements Authorization {
    private final Origin home;
    private final long life;
    private final Login login;
    private String header;
    private long until;

    /** Logs in. */
    @FunctionalInterface
    public interface Login {
        /** The value of the {@code Authorization} header from now on. */
        String header() throws IOException;
    }

    /** @param home whose requests carry the header */
    public SessionAuthorization(URI home, Duration life, Login login) {
        this.home = Origin.of(home);
        this.life = life.toNanos();
        this.login = login;
    }

    @Override
    public boolean covers(URI target) {
        return Origin.of(target).equals(home);
    }

    @Override
    public synchronized Optional<String> header(List<String> scopes) throws IOException {
        if (header == null || until - System.nanoTime() <= 0) {
            header = login.header();
            until = System.nanoTime() + life;
        }
        return Optional.of(header);
    }

    /** It may have ended early, once. */
    @Override
    public synchronized boolean renew(RemoteAnswer refusal, List<String> scopes, Optional<String> sent) {
        if (sent.isPresent() && sent.get().equals(header)) {
            header = null;
        }
        return true;
    }
}
