// SPDX-License-Identifier: Apache-2.0
package org.harboree.outbox;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;
import org.harboree.transaction.UnitOfWork;

/** Where events are written. */
@ApplicationScoped
public class Outbox {
    @Inject
    private Consumers consumers;

    @Inject
    private OutboxDao events;

    @Inject
    private UnitOfWork work;

    @Inject
    private Event<OutboxFilled> filled;

    /** Whether anybody wants to know: where nobody does, the payload need not even be made. */
    public boolean isWanted(String topic, String key) {
        return !consumers.of(topic, key).isEmpty();
    }

    /**
     * Writes the event in the running transaction, for each consumer that wants its topic; delivery begins when it has
     * committed. To be called after the rows are locked that give the events of a key their order.
     */
    public void write(OutboxEvent event) {
        List<OutboxConsumer> interested = consumers.of(event.topic(), event.key());
        if (!interested.isEmpty()) {
            events.insert(event, interested);
            work.afterCommit(() -> filled.fire(new OutboxFilled()));
        }
    }
}
