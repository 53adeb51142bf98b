// SPDX-License-Identifier: Apache-2.0
package org.harboree.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.harboree.database.ChildJvm;
import org.harboree.database.TestBeans;
import org.harboree.database.TestDatabase;
import org.harboree.transaction.UnitOfWork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

class KilledDeliveryTest {
    private static final int KEYS = 100;
    private static final int BATCH = 500;

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @Test
    @Timeout(300)
    void shouldLoseNothingAndKeepOrderWhenKilled() throws Exception {
        deliver(5_000, 2);
    }

    @Test
    @Tag("long")
    @Timeout(1200)
    void shouldLoseNothingAndKeepOrderOfHundredThousandWhenKilledTenTimes() throws Exception {
        deliver(100_000, 10);
    }

    /** Two nodes deliver, one after the other is killed at any moment; each event is taken once, in its key's order. */
    private void deliver(int events, int kills) throws InterruptedException {
        DATABASE.execute("DROP TABLE IF EXISTS noted",
                "CREATE TABLE noted (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,"
                + " line VARCHAR(255) NOT NULL, payload INT NOT NULL, KEY ix_noted (line, id))");
        write(events);
        Random random = new Random(kills);
        ChildJvm[] nodes = {ChildJvm.start(DeliveryProcess.class, DATABASE),
            ChildJvm.start(DeliveryProcess.class, DATABASE)};
        try {
            for (int kill = 1; kill <= kills; kill++) {
                await("SELECT COUNT(*) FROM noted", (long) events * kill / (kills + 1));
                Thread.sleep(random.nextInt(200));
                nodes[kill % 2].close();
                nodes[kill % 2] = ChildJvm.start(DeliveryProcess.class, DATABASE);
            }
            await("SELECT COUNT(*) FROM noted", events);
        } finally {
            nodes[0].close();
            nodes[1].close();
        }
        assertThat(count("SELECT COUNT(*) FROM outbox_event")).as("events that were left").isZero();
        assertThat(count("SELECT COUNT(DISTINCT line, payload) FROM noted")).as("events that were taken once")
                .isEqualTo(events).isEqualTo(count("SELECT COUNT(*) FROM noted"));
        assertThat(count("SELECT COUNT(*) FROM (SELECT payload,"
                + " LAG(payload) OVER (PARTITION BY line ORDER BY id) AS one FROM noted) pairs WHERE payload <= one"))
                .as("events that overtook another of their key").isZero();
    }

    private static void write(int events) {
        TestBeans beans = new TestBeans(DATABASE);
        OutboxDao rows = beans.get(OutboxDao.class);
        List<OutboxConsumer> consumer = List.of(new Named());
        for (int from = 0; from < events; from += BATCH) {
            int start = from;
            beans.get(UnitOfWork.class).run(() -> {
                for (int i = start; i < Math.min(start + BATCH, events); i++) {
                    rows.insert(new OutboxEvent("T", "key" + i % KEYS, Integer.toString(i)), consumer);
                }
            });
        }
    }

    private static void await(String sql, long least) throws InterruptedException {
        while (count(sql) < least) {
            Thread.sleep(20);
        }
    }

    private static long count(String sql) {
        List<?> rows = DATABASE.entityManager().createNativeQuery(sql).getResultList();
        return ((Number) rows.get(0)).longValue();
    }

    /** Only its name counts here: the consumers are in the other JVMs. */
    private static final class Named implements OutboxConsumer {
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
            throw new UnsupportedOperationException("not in this JVM");
        }
    }
}
