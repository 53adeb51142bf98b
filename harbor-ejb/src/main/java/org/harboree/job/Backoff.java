// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import java.util.concurrent.ThreadLocalRandom;

/** How long a task waits for its next attempt. */
final class Backoff {
    private static final long FIRST_MILLIS = 10_000;
    private static final long MOST_MILLIS = 900_000;
    private static final int FACTOR = 4;

    private Backoff() {
    }

    /** 10 s after the first failure, then four times as long each time, up to 15 min; and up to a fifth more. */
    static long millisAfter(int failures) {
        long millis = FIRST_MILLIS;
        for (int i = 1; i < failures && millis < MOST_MILLIS; i++) {
            millis *= FACTOR;
        }
        millis = Math.min(millis, MOST_MILLIS);
        return millis + ThreadLocalRandom.current().nextLong(millis / 5 + 1);
    }
}
