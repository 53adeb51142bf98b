// SPDX-License-Identifier: Apache-2.0
package org.harboree.identity;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;

/**
 * Computes password hashes, few at a time: each costs a core some tenths of a second, by intent.
 *
 * <p>Who waits too long for a turn is told to come back, so that a storm of logins leaves cores for everything else.
 */
@ApplicationScoped
public class Passwords {
    static final int MOST_BYTES = 1024;

    private static final int ITERATIONS = 600_000;
    private static final int PATIENCE_SECONDS = 5;

    private final AtomicLong computed = new AtomicLong();
    private final Semaphore turns;
    private final int iterations;
    private final int patienceSeconds;
    private final PasswordHash nobodys;

    /** As many at a time as there are cores, less one. */
    public Passwords() {
        this(ITERATIONS, Math.max(1, Runtime.getRuntime().availableProcessors() - 1), PATIENCE_SECONDS);
    }

    /**
     * @param iterations cost of new hashes
     * @param concurrent how many hashes are computed at a time
     * @param patienceSeconds how long a caller waits for a turn
     */
    public Passwords(int iterations, int concurrent, int patienceSeconds) {
        this.iterations = iterations;
        this.turns = new Semaphore(concurrent, true);
        this.patienceSeconds = patienceSeconds;
        this.nobodys = new PasswordHash(iterations, new byte[16], new byte[32]);
    }

    /** Whether a password could be anybody's; others are refused before they cost anything. */
    static boolean isPossible(String password) {
        return !password.isEmpty() && password.length() <= MOST_BYTES
                && password.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
    }

    /** A new stored form, see {@link PasswordHash}. @throws HarborException TOO_MANY_REQUESTS */
    String hash(String password) {
        return inTurn(() -> counted(() -> PasswordHash.of(password, iterations).encoded()));
    }

    /** @throws HarborException TOO_MANY_REQUESTS if no turn came in time */
    boolean matches(String stored, String password) {
        return matches(stored, password, () -> false);
    }

    /**
     * As above, without the hash if the answer is known by the time that it is this caller's turn: of many that come
     * with the same password at once, the first ones compute it for all.
     */
    boolean matches(String stored, String password, BooleanSupplier known) {
        return inTurn(() -> known.getAsBoolean()
                || counted(() -> PasswordHash.parse(stored).matches(password)));
    }

    /** Costs what {@link #matches} costs, for an account that does not exist. */
    void matchNobody(String password) {
        inTurn(() -> counted(() -> nobodys.matches(password)));
    }

    /** Whether the stored form was made with other parameters than new ones are. */
    boolean isOutdated(String stored) {
        return PasswordHash.parse(stored).iterations() != iterations;
    }

    /** How many hashes were computed since the start. */
    public long computed() {
        return computed.get();
    }

    private <T> T counted(Supplier<T> hash) {
        computed.incrementAndGet();
        return hash.get();
    }

    private <T> T inTurn(Supplier<T> work) {
        try {
            if (!turns.tryAcquire(patienceSeconds, TimeUnit.SECONDS)) {
                throw new HarborException(ErrorCode.TOO_MANY_REQUESTS, "too many logins at a time").retryAfter(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarborException(ErrorCode.SERVICE_UNAVAILABLE);
        }
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }
}
