// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.http;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.harboree.remote.RemoteRegistryException;

/**
 * How often and after how long a request is made again: with growing pauses, of which a random part is taken so that
 * many clients do not come back at the same moment; or as late as the registry asks for, where that is not too late.
 *
 * @param attempts in all, the first included
 * @param pause upper bound of the first pause; each next one is twice as long
 * @param longestPause upper bound of all of them
 * @param longestWish the longest {@code Retry-After} that is waited for; a longer one is left to whoever asked
 */
public record Retry(int attempts, Duration pause, Duration longestPause, Duration longestWish) {
    /** Five attempts within some seconds, or as slow as a registry wants it, but a minute a time. */
    public static final Retry STANDARD =
            new Retry(5, Duration.ofMillis(500), Duration.ofSeconds(8), Duration.ofMinutes(1));

    /**
     * Waits for the next attempt, if there is to be one.
     *
     * @param attempt that failed, from 1
     * @return false if it was the last, or if another can not help
     */
    public boolean another(int attempt, RemoteRegistryException failure) throws InterruptedIOException {
        if (attempt >= attempts || !failure.kind().isTransient()) {
            return false;
        }
        Duration wish = failure.retryAfter().orElse(Duration.ZERO);
        if (wish.compareTo(longestWish) > 0) {
            return false;
        }
        sleep(wish.plus(jitter(attempt)));
        return true;
    }

    /** Half of the pause at least, so that there is one. */
    private Duration jitter(int attempt) {
        long bound = Math.min(pause.toMillis() << Math.min(attempt - 1, 20), longestPause.toMillis());
        return Duration.ofMillis(bound / 2 + ThreadLocalRandom.current().nextLong(bound / 2 + 1));
    }

    private static void sleep(Duration duration) throws InterruptedIOException {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting to ask again");
        }
    }
}
