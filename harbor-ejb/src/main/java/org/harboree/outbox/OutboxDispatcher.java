// SPDX-License-Identifier: Apache-2.0
package org.harboree.outbox;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.harboree.transaction.UnitOfWork;

/**
 * Delivers what waits in the outbox. It has neither clock nor threads: who has them calls {@link #deliver} after
 * {@link OutboxFilled} and every few seconds, on one thread of each node.
 *
 * <pre>
 *   written ──► WAITING ──── taken ────► (no row)
 *                │   ▲
 *                └───┘ refused: tried again after 1 s, 4 s, 16 s … 5 min; those behind it wait
 *                │
 *                └─ refused ten times, or nobody is of that name ──► DEAD, with its reason
 * </pre>
 *
 * <p>What a consumer does and the removal of its events are one transaction, under the lock of the events' lane: two
 * nodes never deliver from one lane at once, so the order of a key is kept.
 */
@ApplicationScoped
public class OutboxDispatcher {
    static final int ATTEMPTS = 10;

    private static final int BATCH = 100;
    private static final long FIRST_MILLIS = 1000;
    private static final long MOST_MILLIS = 300_000;
    private static final int FACTOR = 4;
    private static final int REASON_LENGTH = 2000;
    private static final int DEAD_DAYS = 30;

    @Inject
    private Consumers consumers;

    @Inject
    private OutboxDao events;

    @Inject
    private UnitOfWork work;

    private volatile boolean ended;

    /** A batch was rolled back for this event. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient WaitingEvent event;

        Refused(WaitingEvent event, Throwable cause) {
            super(cause);
            this.event = event;
        }
    }

    /** Delivers all that can be delivered now. @return how many events were taken */
    public int deliver() {
        int all = 0;
        int delivered;
        do {
            delivered = 0;
            for (int lane : events.filledLanes()) {
                delivered += deliver(lane);
            }
            all += delivered;
        } while (delivered > 0 && !ended);
        return all;
    }

    /** Lets {@link #deliver} return after the batch that it is at. */
    public void end() {
        ended = true;
    }

    /** Removes what was put aside a month ago. @return how many */
    public int forgetDead() {
        return work.call(() -> events.deleteDead(DEAD_DAYS));
    }

    private int deliver(int lane) {
        int all = 0;
        while (!ended) {
            try {
                int taken = work.call(() -> batch(lane));
                all += taken;
                if (taken < BATCH) {
                    return all;
                }
            } catch (Refused e) {
                refused(e.event, e.getCause());
            }
        }
        return all;
    }

    /** One transaction. @return how many events were taken; less than a batch if there are no more */
    private int batch(int lane) {
        if (!events.lock(lane)) {
            return 0;
        }
        Map<WaitingEvent.Line, Long> blocked = events.blocked(lane);
        List<Long> taken = new ArrayList<>();
        long last = 0;
        List<WaitingEvent> page;
        do {
            page = events.waiting(lane, last, BATCH);
            for (WaitingEvent event : page) {
                last = event.id();
                if (taken.size() < BATCH && event.id() < blocked.getOrDefault(event.line(), Long.MAX_VALUE)) {
                    accept(event);
                    taken.add(event.id());
                }
            }
        } while (page.size() == BATCH && taken.size() < BATCH);
        if (!taken.isEmpty()) {
            events.delete(taken);
        }
        return taken.size();
    }

    private void accept(WaitingEvent event) {
        OutboxConsumer consumer = consumers.find(event.consumer())
                .orElseThrow(() -> new Refused(event, new UnknownConsumer(event.consumer())));
        try {
            consumer.accept(event.event());
        } catch (RuntimeException e) {
            // Mere contention is found behind it, too, and the batch is tried again as a whole.
            throw new Refused(event, e);
        }
    }

    private void refused(WaitingEvent event, Throwable cause) {
        int attempt = event.attempts() + 1;
        String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        String reason = text.length() > REASON_LENGTH ? text.substring(0, REASON_LENGTH) : text;
        if (attempt >= ATTEMPTS || cause instanceof UnknownConsumer) {
            OutboxLog.LOG.dead(event.id(), event.event().topic(), event.event().key(), event.consumer(), attempt,
                    cause);
            work.run(() -> events.bury(event, reason));
        } else {
            OutboxLog.LOG.notTaken(event.consumer(), event.id(), event.event().topic(), event.event().key(), attempt,
                    cause);
            work.run(() -> events.postpone(event, reason, pause(attempt)));
        }
    }

    private static long pause(int attempt) {
        long millis = FIRST_MILLIS;
        for (int i = 1; i < attempt && millis < MOST_MILLIS; i++) {
            millis *= FACTOR;
        }
        millis = Math.min(millis, MOST_MILLIS);
        return millis + ThreadLocalRandom.current().nextLong(millis / 5 + 1);
    }

    /** Of an event whose consumer is no part of the application any more. */
    private static final class UnknownConsumer extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnknownConsumer(String name) {
            super("nobody of the name " + name + " takes events");
        }
    }
}
