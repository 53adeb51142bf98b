// SPDX-License-Identifier: Apache-2.0
package org.harboree.transaction;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Lets jobs that are asked for at the same moment share one transaction ("group commit"): what a transaction costs, a
 * flush to the disk and a round trip for each statement, is nearly the same for ten rows as for one.
 *
 * <pre>
 *   few work (one for each two processors) ─► work at once, alone
 *   enough work ─► wait │ first in the queue when one of them has finished ─► work, for all who wait by then
 *                       │ still waiting after {@value #PATIENCE_MILLIS} ms ─► the same, beside them
 *                       │ somebody else has taken it along ─► done when that transaction is
 * </pre>
 *
 * A job is never delayed in order that others may join. Nor does one spoil it for another: what is refused is left
 * out, and where the common transaction fails each of its jobs gets one of its own.
 *
 * @param <J> a job; which thread does it is not known, so it must not depend on the thread
 */
public final class GroupCommit<J> {
    /** Jobs in one transaction: their locks are held together, and their rows are in one statement. */
    static final int MOST = 32;

    /** How many transactions go on at once: more of them would be smaller, and cost more in all. */
    private static final int LEADERS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    /** Who waits for rows that others hold keeps those who come after for so long. */
    static final long PATIENCE_MILLIS = 20;

    private final UnitOfWork work;
    private final Function<List<J>, Map<J, RuntimeException>> together;
    private final Deque<Seat<J>> queue = new ArrayDeque<>();
    private int working;

    /**
     * @param together does the jobs inside a running unit of work, and tells which are refused and why; a refused one
     *     must have written nothing. It may run again, for all jobs or for each of them, so it touches the database and
     *     nothing else.
     */
    public GroupCommit(UnitOfWork work, Function<List<J>, Map<J, RuntimeException>> together) {
        this.work = work;
        this.together = together;
    }

    private enum State { WAITING, LEADING, TAKEN, DONE, ALONE }

    private static final class Seat<J> {
        final J job;
        final Thread owner = Thread.currentThread();
        volatile State state = State.WAITING;
        RuntimeException refusal;

        Seat(J job) {
            this.job = job;
        }

        void set(State next) {
            state = next;
            LockSupport.unpark(owner);
        }
    }

    /**
     * Does the job and returns when it is committed; inside a running unit of work it joins that one.
     *
     * @throws RuntimeException why the job is refused, or what its transaction met
     */
    public void run(J job) {
        if (work.isActive()) {
            alone(job);
            return;
        }
        Seat<J> seat = new Seat<>(job);
        enter(seat);
        await(seat);
        if (seat.state == State.LEADING) {
            lead(seat, take(seat));
        }
        if (seat.state == State.ALONE) {
            alone(job);
        } else if (seat.refusal != null) {
            throw seat.refusal;
        }
    }

    /** As {@link #run}, in a transaction of its own: for what is too large to be shared. */
    public void alone(J job) {
        work.run(() -> {
            RuntimeException refusal = together.apply(List.of(job)).get(job);
            if (refusal != null) {
                throw refusal;
            }
        });
    }

    private synchronized void enter(Seat<J> seat) {
        if (working < LEADERS) {
            working++;
            seat.state = State.LEADING;
        } else {
            queue.add(seat);
        }
    }

    /** Until it is this seat's turn, or somebody else has done its job. A thread may also wake up without a reason. */
    private void await(Seat<J> seat) {
        long patience = TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        long began = System.nanoTime();
        boolean interrupted = false;
        while (seat.state == State.WAITING || seat.state == State.TAKEN) {
            long left = patience - (System.nanoTime() - began);
            if (left > 0 || !overtake(seat)) {
                LockSupport.parkNanos(this, left > 0 ? left : patience);
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Who has waited for long enough does not wait for the others' end; false if somebody has taken the seat along. */
    private synchronized boolean overtake(Seat<J> seat) {
        boolean waits = seat.state == State.WAITING;
        if (waits) {
            working++;
            seat.state = State.LEADING;
        }
        return waits;
    }

    /** The seat itself and those who wait, in their order. */
    private synchronized List<Seat<J>> take(Seat<J> leader) {
        queue.remove(leader);
        List<Seat<J>> table = new ArrayList<>();
        table.add(leader);
        while (table.size() < MOST && !queue.isEmpty()) {
            Seat<J> next = queue.remove();
            next.state = State.TAKEN;
            table.add(next);
        }
        return table;
    }

    private void lead(Seat<J> leader, List<Seat<J>> table) {
        State end = State.ALONE;
        try {
            if (table.size() > 1) {
                Map<J, RuntimeException> refusals =
                        work.call(() -> together.apply(table.stream().map(seat -> seat.job).toList()));
                table.forEach(seat -> seat.refusal = refusals.get(seat.job));
            } else {
                alone(leader.job);
            }
            end = State.DONE;
        } catch (RuntimeException e) {
            if (table.size() == 1) {
                leader.refusal = e;
                end = State.DONE;
            }
        } finally {
            leave();
            for (Seat<J> seat : table) {
                seat.set(end);
            }
        }
    }

    /** Hands over to the first who waits; that one takes along who has come by the time it is awake. */
    private synchronized void leave() {
        Seat<J> next = working > LEADERS ? null : queue.poll();
        if (next == null) {
            working--;
        } else {
            next.set(State.LEADING);
        }
    }
}
