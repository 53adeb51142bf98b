// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.harboree.oci.Digest;
import org.harboree.remote.RemoteName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BlobFlightsTest {
    private static final Digest BLOB = Digest.sha256(new byte[] {1});

    private final BlobFlights flights = new BlobFlights();
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger mounted = new AtomicInteger();
    private final CountDownLatch go = new CountDownLatch(1);
    private final AtomicBoolean begunByAnother = new AtomicBoolean();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    /** Sends when the test lets it, and mounts or does not. */
    private BlobFlights.Steps steps(boolean mountable, boolean fails) {
        return new BlobFlights.Steps() {
            @Override
            public boolean mount(RemoteName from) {
                mounted.incrementAndGet();
                return mountable;
            }

            @Override
            public void send(Optional<RemoteName> elsewhere) throws IOException {
                try {
                    assertThat(go.await(30, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                sent.incrementAndGet();
                if (fails) {
                    throw new IOException("broken");
                }
            }

            @Override
            public boolean isBegunByAnother() {
                return begunByAnother.get();
            }

            @Override
            public void requireNoStop() {
                // nobody stops
            }
        };
    }

    private Future<?> bring(String repository, boolean mountable, boolean fails) {
        return threads.submit(() -> {
            try (BlobFlights.Claim none = claim()) {
                flights.bring("1", BLOB, RemoteName.parse(repository), none, steps(mountable, fails));
            }
            return true;
        });
    }

    /** A task that wants the blob as well, and that has not sent it though nothing else keeps it from that. */
    private Future<?> waiting(int sentBefore) throws InterruptedException {
        go.countDown();
        Future<?> other = bring("r1", true, false);
        TimeUnit.MILLISECONDS.sleep(400);
        assertThat(sent).hasValue(sentBefore);
        return other;
    }

    private BlobFlights.Claim claim(Digest... begun) {
        return flights.claim("1", Set.of(begun));
    }

    @Test
    void shouldLeaveABlobToTheTaskThatHasBegunItAndIsTakenUpLater() throws Exception {
        begunByAnother.set(true);
        Future<?> other = waiting(0);

        try (BlobFlights.Claim late = claim(BLOB)) {
            TimeUnit.MILLISECONDS.sleep(400);
            flights.bring("1", BLOB, RemoteName.parse("r0"), late, steps(true, false));
        }
        other.get(10, TimeUnit.SECONDS);

        assertThat(sent).hasValue(1);
        assertThat(mounted).hasValue(1);
    }

    @Test
    void shouldSendABlobItselfOnceTheTaskThatHasBegunItHasGivenItUp() throws Exception {
        begunByAnother.set(true);
        Future<?> other = waiting(0);

        begunByAnother.set(false);
        other.get(10, TimeUnit.SECONDS);

        assertThat(sent).hasValue(1);
    }

    @Test
    void shouldKeepABlobForTheTaskThatHasBegunIt() throws Exception {
        try (BlobFlights.Claim claim = claim(BLOB)) {
            Future<?> other = waiting(0);

            flights.bring("1", BLOB, RemoteName.parse("r0"), claim, steps(true, false));

            other.get(30, TimeUnit.SECONDS);
            assertThat(sent).hasValue(1);
            assertThat(mounted).hasValue(1);
        }
    }

    @Test
    void shouldKeepABlobForTheTaskThatTriesItAgain() throws Exception {
        go.countDown();
        try (BlobFlights.Claim claim = claim()) {
            assertThatThrownBy(() -> flights.bring("1", BLOB, RemoteName.parse("r0"), claim, steps(true, true)))
                    .hasMessage("broken");
            Future<?> other = waiting(1);

            flights.bring("1", BLOB, RemoteName.parse("r0"), claim, steps(true, false));

            other.get(30, TimeUnit.SECONDS);
            assertThat(sent).hasValue(2);
            assertThat(mounted).hasValue(1);
        }
    }

    @Test
    void shouldGiveUpWhatItKeepsBeforeItWaitsForAnotherTask() throws Exception {
        Digest second = Digest.sha256(new byte[] {2});
        Future<?> flying = bring("r0", true, false);
        TimeUnit.MILLISECONDS.sleep(200);
        Future<?> waiting = threads.submit(() -> {
            try (BlobFlights.Claim claim = claim(second)) {
                flights.bring("1", BLOB, RemoteName.parse("r1"), claim, steps(true, false));
            }
            return true;
        });
        TimeUnit.MILLISECONDS.sleep(200);

        try (BlobFlights.Claim other = claim(second)) {
            go.countDown();
            flights.bring("1", second, RemoteName.parse("r2"), other, steps(true, false));
        }

        flying.get(30, TimeUnit.SECONDS);
        waiting.get(30, TimeUnit.SECONDS);
        assertThat(sent).hasValue(2);
    }

    @Test
    void shouldSendABlobOnceHoweverManyTasksWantIt() throws Exception {
        List<Future<?>> tasks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            tasks.add(bring("r" + i, true, false));
        }
        TimeUnit.MILLISECONDS.sleep(200);
        go.countDown();
        for (Future<?> task : tasks) {
            task.get(30, TimeUnit.SECONDS);
        }

        assertThat(sent).hasValue(1);
        assertThat(mounted).hasValue(7);
    }

    @Test
    void shouldLetAnotherTaskTryWhereOneFailed() throws Exception {
        Future<?> first = bring("r0", true, true);
        TimeUnit.MILLISECONDS.sleep(200);
        Future<?> second = bring("r1", true, false);
        TimeUnit.MILLISECONDS.sleep(200);
        go.countDown();

        assertThatThrownBy(() -> first.get(30, TimeUnit.SECONDS)).hasRootCauseMessage("broken");
        second.get(30, TimeUnit.SECONDS);
        assertThat(sent).hasValue(2);
    }

    @Test
    void shouldSendAgainWhereItCannotBeMounted() throws Exception {
        Future<?> first = bring("r0", false, false);
        TimeUnit.MILLISECONDS.sleep(200);
        Future<?> second = bring("r1", false, false);
        TimeUnit.MILLISECONDS.sleep(200);
        go.countDown();
        first.get(30, TimeUnit.SECONDS);
        second.get(30, TimeUnit.SECONDS);

        assertThat(sent).hasValue(2);
        assertThat(mounted).hasValue(1);
    }

    @Test
    void shouldRememberWhereABlobWent() throws IOException {
        go.countDown();
        List<Optional<RemoteName>> told = new ArrayList<>();
        flights.bring("1", BLOB, RemoteName.parse("r0"), claim(), steps(true, false));
        BlobFlights.Steps listener = new BlobFlights.Steps() {
            @Override
            public boolean mount(RemoteName from) {
                return true;
            }

            @Override
            public void send(Optional<RemoteName> elsewhere) {
                told.add(elsewhere);
            }

            @Override
            public boolean isBegunByAnother() {
                return begunByAnother.get();
            }

            @Override
            public void requireNoStop() {
                // nobody stops
            }
        };

        flights.bring("1", BLOB, RemoteName.parse("r1"), claim(), listener);
        flights.bring("2", BLOB, RemoteName.parse("r1"), claim(), listener);

        assertThat(told).containsExactly(Optional.of(RemoteName.parse("r0")), Optional.empty());
    }

    @Test
    void shouldKeepToTheSpeedAndCountAllBytes() throws IOException {
        byte[] bytes = new byte[300 * 1024];
        AtomicInteger counted = new AtomicInteger();
        long start = System.nanoTime();
        try (InputStream stream = new ThrottledStream(new ByteArrayInputStream(bytes), 1 << 20, () -> false,
                count -> counted.addAndGet((int) count))) {
            assertThat(stream.readAllBytes()).hasSameSizeAs(bytes);
        }

        assertThat(counted).hasValue(bytes.length);
        assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(150));
    }

    @Test
    void shouldEndAStreamThatNobodyWantsAnyMore() throws IOException {
        try (InputStream stream = new ThrottledStream(new ByteArrayInputStream(new byte[10]), 0, () -> true,
                count -> { })) {
            assertThatThrownBy(stream::read).isInstanceOf(ThrottledStream.Stopped.class);
        }
    }
}
