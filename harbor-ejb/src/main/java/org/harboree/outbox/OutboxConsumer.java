// SPDX-License-Identifier: Apache-2.0
package org.harboree.outbox;

/**
 * Somebody who wants to know what happened. Found by CDI; one bean for each name.
 *
 * <p>An event is delivered again until the consumer took it without an exception, later each time, and in the end it is
 * put aside as dead, with the reason. Until then the later events of its key wait.
 */
public interface OutboxConsumer {

    /** At most 64 ASCII characters, never changed: events that wait carry it. */
    String name();

    /** Whether events of that topic are written for it at all. Cheap: it is asked in the transaction of each event. */
    boolean wants(String topic);

    /** As {@link #wants(String)}, of that key: who wants to know of some repositories only says so here. */
    default boolean wants(String topic, String key) {
        return wants(topic);
    }

    /**
     * Takes one event, in the transaction that removes it: what it does to the database happens once. It does nothing
     * else; what takes long or goes over the network it makes a task of.
     */
    void accept(OutboxEvent event);
}
