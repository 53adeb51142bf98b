// SPDX-License-Identifier: Apache-2.0
package org.harboree.outbox;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.harboree.database.TestBeans;
import org.harboree.database.TestDatabase;

/** A node that delivers all the time to a consumer that notes in a table what it takes, and refuses some at first. */
final class DeliveryProcess {
    private static final int ONE_REFUSAL_IN = 2000;

    private DeliveryProcess() {
    }

    public static void main(String[] database) throws InterruptedException {
        TestDatabase there = TestDatabase.at(database[0], database[1], database[2]);
        OutboxDispatcher dispatcher = new TestBeans(there)
                .with(Consumers.class, new Consumers(List.of(consumer(there)))).get(OutboxDispatcher.class);
        while (true) {
            dispatcher.deliver();
            Thread.sleep(20);
        }
    }

    private static OutboxConsumer consumer(TestDatabase there) {
        return new OutboxConsumer() {
            @Override
            public String name() {
                return "noting";
            }

            @Override
            public boolean wants(String topic) {
                return true;
            }

            @Override
            public void accept(OutboxEvent event) {
                there.entityManager().createNativeQuery("INSERT INTO noted (line, payload) VALUES (?, ?)")
                        .setParameter(1, event.key()).setParameter(2, event.payload()).executeUpdate();
                if (ThreadLocalRandom.current().nextInt(ONE_REFUSAL_IN) == 0) {
                    throw new IllegalStateException("refused by chance");
                }
            }
        };
    }
}
