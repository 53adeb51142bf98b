// SPDX-License-Identifier: Apache-2.0
package org.harboree.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.harboree.database.TestBeans;
import org.harboree.database.TestDatabase;
import org.harboree.transaction.UnitOfWork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OutboxTest {
    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.shared();

    private final List<String> taken = Collections.synchronizedList(new ArrayList<>());
    private Consumer<OutboxEvent> body = event -> taken.add(event.key() + ":" + event.payload());
    private final TestBeans beans = node(consumer("first", "PUSHED"));
    private final UnitOfWork work = beans.get(UnitOfWork.class);

    @BeforeEach
    void empty() {
        DATABASE.execute("CREATE TABLE IF NOT EXISTS noted (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,"
                + " line VARCHAR(255) NOT NULL, payload INT NOT NULL)");
        DATABASE.empty("outbox_event", "noted");
    }

    @Test
    void shouldDeliverInOrderWhatWasCommitted() {
        write("a", 1, 2, 3);
        assertThatThrownBy(() -> work.run(() -> {
            outbox().write(new OutboxEvent("PUSHED", "a", "4"));
            throw new IllegalStateException("no");
        })).hasMessage("no");

        assertThat(deliver()).isEqualTo(3);
        assertThat(taken).containsExactly("a:1", "a:2", "a:3");
        assertThat(deliver()).isZero();
    }

    @Test
    void shouldWriteNothingThatNobodyWants() {
        assertThat(outbox().isWanted("DELETED", "a")).isFalse();
        work.run(() -> outbox().write(new OutboxEvent("DELETED", "a", "{}")));
        assertThat(beans.get(OutboxDao.class).filledLanes()).isEmpty();
        assertThat(outbox().isWanted("PUSHED", "a")).isTrue();
    }

    @Test
    void shouldGiveEachConsumerItsOwn() {
        TestBeans both = node(consumer("first", "PUSHED"), consumer("second", "PUSHED"), consumer("third", "DELETED"));
        work.run(() -> both.get(Outbox.class).write(new OutboxEvent("PUSHED", "a", "1")));
        assertThat(both.get(OutboxDispatcher.class).deliver()).isEqualTo(2);
    }

    @Test
    void shouldTryAgainWhatWasRefusedWhileItsKeyWaitsAndOthersGoOn() {
        body = event -> {
            if (event.payload().equals("2") && taken.size() < 100) {
                throw new IllegalArgumentException("not now");
            }
            taken.add(event.key() + ":" + event.payload());
        };
        write("a", 1, 2, 3);
        write("b", 7);
        deliver();
        assertThat(taken.subList(taken.size() - 2, taken.size())).containsExactlyInAnyOrder("a:1", "b:7");
        assertThat(waiting()).as("the refused one and the one behind it").isEqualTo(2);

        for (int attempt = 2; attempt < OutboxDispatcher.ATTEMPTS; attempt++) {
            due();
            assertThat(deliver()).isZero();
        }
        assertThat(waiting()).isEqualTo(2);
        due();
        assertThat(deliver()).as("those behind a dead one").isEqualTo(1);
        assertThat(taken).endsWith("a:3");
        assertThat(count("state = 'DEAD' AND reason = 'not now'")).isEqualTo(1);
        assertThat(beans.get(OutboxDispatcher.class).forgetDead()).isZero();
        DATABASE.execute("UPDATE outbox_event SET creation_time = creation_time - INTERVAL 31 DAY");
        assertThat(beans.get(OutboxDispatcher.class).forgetDead()).isEqualTo(1);
    }

    @Test
    void shouldUndoWhatAConsumerDidBeforeItRefused() {
        AtomicInteger calls = new AtomicInteger();
        body = event -> {
            note(event);
            if (calls.incrementAndGet() == 2) {
                throw new IllegalArgumentException("not now");
            }
        };
        write("a", 1, 2);
        deliver();
        assertThat(noted("a")).as("after the refusal").containsExactly(1);
        due();
        deliver();
        assertThat(noted("a")).containsExactly(1, 2);
    }

    @Test
    void shouldPutAsideWhatNobodyTakesAnyMore() {
        write("a", 1);
        assertThat(node().get(OutboxDispatcher.class).deliver()).isZero();
        assertThat(count("state = 'DEAD' AND reason LIKE 'nobody of the name first%'")).isEqualTo(1);
    }

    @Test
    void shouldGoAroundALongLineThatWaits() {
        body = event -> {
            if (event.key().equals("a")) {
                throw new IllegalArgumentException("not now");
            }
            taken.add(event.key());
        };
        String other = sameLane("a");
        write("a", new int[250]);
        write(other, 1);
        assertThat(deliver()).isEqualTo(1);
        assertThat(taken).containsExactly(other);
    }

    @Test
    void shouldKeepTheOrderOfEachKeyWithSeveralNodesAndFailures() throws Exception {
        int keys = 20;
        int each = 50;
        Random random = new Random(7);
        body = event -> {
            note(event);
            synchronized (random) {
                if (random.nextInt(40) == 0) {
                    throw new IllegalArgumentException("not now");
                }
            }
        };
        for (int number = 0; number < each; number++) {
            for (int key = 0; key < keys; key++) {
                write("key" + key, number);
            }
        }
        ExecutorService threads = Executors.newFixedThreadPool(3);
        while (waiting() > 0) {
            DATABASE.execute("UPDATE outbox_event SET due_time = UTC_TIMESTAMP(6), attempts = LEAST(attempts, 3)");
            List<Future<Integer>> nodes = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                nodes.add(threads.submit(node(consumer("first", "PUSHED")).get(OutboxDispatcher.class)::deliver));
            }
            for (Future<Integer> node : nodes) {
                node.get(60, TimeUnit.SECONDS);
            }
        }
        threads.shutdown();
        for (int key = 0; key < keys; key++) {
            assertThat(noted("key" + key)).containsExactlyElementsOf(IntStream.range(0, each).boxed().toList());
        }
        assertThat(count("state = 'DEAD'")).isZero();
    }

    /** In the transaction of the delivery, as a consumer would. */
    private static void note(OutboxEvent event) {
        DATABASE.entityManager().createNativeQuery("INSERT INTO noted (line, payload) VALUES (?, ?)")
                .setParameter(1, event.key()).setParameter(2, event.payload()).executeUpdate();
    }

    private static List<Integer> noted(String key) {
        return DATABASE.entityManager().createNativeQuery("SELECT payload FROM noted WHERE line = ? ORDER BY id",
                Integer.class).setParameter(1, key).getResultList().stream().map(Integer.class::cast).toList();
    }

    private Outbox outbox() {
        return beans.get(Outbox.class);
    }

    private int deliver() {
        return beans.get(OutboxDispatcher.class).deliver();
    }

    private void write(String key, int... payloads) {
        work.run(() -> {
            for (int payload : payloads) {
                outbox().write(new OutboxEvent("PUSHED", key, "" + payload));
            }
        });
    }

    private static void due() {
        DATABASE.execute("UPDATE outbox_event SET due_time = UTC_TIMESTAMP(6)");
    }

    private long waiting() {
        return count("state = 'WAITING'");
    }

    private static long count(String where) {
        return ((Number) DATABASE.entityManager().createNativeQuery("SELECT COUNT(*) FROM outbox_event WHERE " + where)
                .getSingleResult()).longValue();
    }

    private static String sameLane(String key) {
        int lane = lane(key);
        for (int i = 0;; i++) {
            if (lane("k" + i) == lane) {
                return "k" + i;
            }
        }
    }

    private static int lane(String key) {
        return Math.floorMod(("first " + key).hashCode(), OutboxDao.LANES);
    }

    private static TestBeans node(OutboxConsumer... consumers) {
        return new TestBeans(DATABASE).with(Consumers.class, new Consumers(List.of(consumers)));
    }

    private OutboxConsumer consumer(String name, String topic) {
        return new OutboxConsumer() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public boolean wants(String wanted) {
                return wanted.equals(topic);
            }

            @Override
            public void accept(OutboxEvent event) {
                body.accept(event);
            }
        };
    }
}
