// SPDX-License-Identifier: Apache-2.0
package org.harboree.outbox;

/** An event on its way to one consumer. */
record WaitingEvent(long id, String consumer, OutboxEvent event, int attempts) {

    /** Whose order it keeps. */
    Line line() {
        return new Line(consumer, event.key());
    }

    /** The events of one key for one consumer: each waits for the one before it. */
    record Line(String consumer, String key) {
    }
}
