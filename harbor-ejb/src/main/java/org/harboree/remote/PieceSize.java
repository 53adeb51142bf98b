// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote;

import java.util.concurrent.TimeUnit;

/**
 * How many bytes of a blob go before the next place to go on from. A restart loses what is under way, so a piece is
 * what takes about a quarter of a second, however fast the way is; up to a second where the way is long, so that the
 * pause before the next piece is a sixth of the time at most. At least 512 KiB, for each piece costs a sync, and at
 * most 32 MiB. It learns from what went. For one thread.
 */
public final class PieceSize {
    private static final long LEAST = 512L << 10;
    private static final long FIRST = 8L << 20;
    private static final long MOST = 32L << 20;
    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int PAUSES = 5;

    private final long least;
    private final long most;
    private long next;
    private long pauseNanos = LONGEST_NANOS;

    private PieceSize(long least, long most, long first) {
        this.least = least;
        this.most = most;
        this.next = Math.max(least, Math.min(most, first));
    }

    /** @param bytesPerSecond what is known to be allowed; 0 for as fast as can be */
    public static PieceSize ofWay(long bytesPerSecond) {
        long first = bytesPerSecond * SHORTEST_NANOS / TimeUnit.SECONDS.toNanos(1);
        return new PieceSize(LEAST, MOST, bytesPerSecond > 0 ? first : FIRST);
    }

    /** Pieces of so many bytes each. */
    public static PieceSize fixed(long bytes) {
        return new PieceSize(bytes, bytes, bytes);
    }

    /** Bytes of the next piece, where as many are left; a blob of up to so many goes whole. */
    public long next() {
        return next;
    }

    /** A request without bytes took so long, as the pause before each piece will; the shortest one counts. */
    public void paused(long nanos) {
        pauseNanos = Math.min(pauseNanos, nanos);
    }

    /**
     * A piece went. The next one is at most twice as large, for one that went fast may have been luck; what is smaller
     * than the least piece tells nothing.
     */
    public void took(long bytes, long nanos) {
        if (bytes >= least) {
            long target = Math.max(SHORTEST_NANOS, Math.min(LONGEST_NANOS, PAUSES * pauseNanos));
            double fitting = (double) bytes * target / Math.max(1, nanos);
            next = Math.max(least, Math.min(most, (long) Math.min(fitting, 2.0 * next)));
        }
    }
}
