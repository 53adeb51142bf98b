// SPDX-License-Identifier: Apache-2.0
package org.harboree.transaction;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The one place where a transaction begins and ends.
 *
 * <p>The isolation is READ COMMITTED, by the data source ({@link DatabaseSettings} refuses another). A unit that the
 * database gave up for contention (deadlock, lock wait, lost snapshot) runs again as a whole, so the work must be
 * repeatable: it touches the database and nothing else. What has to happen outside goes to {@link #afterCommit}.
 */
@ApplicationScoped
public class UnitOfWork {
    /** How often a unit is run again after its first failure. */
    static final int RETRIES = 3;

    private static final long FIRST_PAUSE_MILLIS = 10;

    @Resource(lookup = "java:jboss/TransactionManager")
    private TransactionManager transactions;

    private final ThreadLocal<List<Runnable>> followers = new ThreadLocal<>();

    /** For the container. */
    public UnitOfWork() {
    }

    /** Works with a transaction manager that is not the container's. */
    public UnitOfWork(TransactionManager transactions) {
        this.transactions = transactions;
    }

    /**
     * Runs the work in a new transaction and commits it; inside a running transaction the work joins that one.
     *
     * @return what the work returned
     * @throws RuntimeException what the work threw, unchanged, after the rollback; or what the last of 1 + 3 attempts
     *     met where the database kept giving the unit up
     */
    public <T> T call(Supplier<T> work) {
        if (isActive()) {
            return work.get();
        }
        List<Runnable> after = new ArrayList<>();
        T result = repeat(work, after);
        after.forEach(Runnable::run);
        return result;
    }

    /** As {@link #call}, without a result. */
    public void run(Runnable work) {
        call(() -> {
            work.run();
            return true;
        });
    }

    /** Runs the follower once the running transaction has committed, and never if it does not; without one, now. */
    public void afterCommit(Runnable follower) {
        List<Runnable> after = followers.get();
        if (after == null) {
            follower.run();
        } else {
            after.add(follower);
        }
    }

    private <T> T repeat(Supplier<T> work, List<Runnable> after) {
        for (int attempt = 0;; attempt++) {
            after.clear();
            followers.set(after);
            try {
                return once(work);
            } catch (RuntimeException e) {
                if (attempt == RETRIES || !Contention.isBehind(e)) {
                    throw e;
                }
            } finally {
                followers.remove();
            }
            pause(attempt);
        }
    }

    private <T> T once(Supplier<T> work) {
        begin();
        boolean ended = false;
        try {
            T result = work.get();
            ended = true;
            commit();
            return result;
        } finally {
            if (!ended || isActive()) {
                rollback();
            }
        }
    }

    /** Whether a unit is running in this thread. */
    boolean isActive() {
        try {
            return transactions.getStatus() != Status.STATUS_NO_TRANSACTION;
        } catch (SystemException e) {
            throw new IllegalStateException("the transaction manager does not answer", e);
        }
    }

    private void begin() {
        try {
            transactions.begin();
        } catch (NotSupportedException | SystemException e) {
            throw new IllegalStateException("no transaction could be begun", e);
        }
    }

    private void commit() {
        try {
            transactions.commit();
        } catch (RollbackException | HeuristicMixedException | HeuristicRollbackException | SystemException e) {
            throw new IllegalStateException("the transaction was not committed", e);
        }
    }

    private void rollback() {
        try {
            transactions.rollback();
        } catch (SystemException e) {
            // The work's own failure is on its way to the caller and says more.
            DatabaseLog.LOG.rollbackFailed(e);
        }
    }

    /** Full jitter: two units that met in a deadlock do not meet again. */
    private static void pause(int attempt) {
        long most = TimeUnit.MILLISECONDS.toNanos(FIRST_PAUSE_MILLIS << (2 * attempt));
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1, most));
    }
}
