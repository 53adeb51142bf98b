// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ExactCacheTest {
    private static final String KEY = "library/alpine";

    private final AtomicLong trust = new AtomicLong(1);
    private final ExactCache<String, String> cache = new ExactCache<>(100, (k, v) -> 1, trust::get);
    private final AtomicInteger loads = new AtomicInteger();
    private final AtomicReference<String> row = new AtomicReference<>("old");

    private Optional<String> load(String key) {
        loads.incrementAndGet();
        return Optional.ofNullable(row.get());
    }

    private String read() {
        return cache.get(KEY, this::load).orElse("absent");
    }

    private void write(String value) {
        cache.doubt(KEY);
        row.set(value);
        cache.settle(KEY);
    }

    @Test
    void shouldAnswerTheSecondReadFromMemory() {
        assertThat(cache.peek(KEY)).isNull();
        assertThat(read()).isEqualTo("old");
        assertThat(read()).isEqualTo("old");
        assertThat(cache.peek(KEY)).isEqualTo("old");
        assertThat(loads).hasValue(1);
    }

    @Test
    void shouldReadTheDatabaseWhileThereAreOtherNodes() {
        read();
        trust.set(-1);
        assertThat(cache.peek(KEY)).isNull();
        row.set("written elsewhere");
        assertThat(read()).isEqualTo("written elsewhere");
        assertThat(read()).isEqualTo("written elsewhere");
        assertThat(loads).hasValue(3);
    }

    @Test
    void shouldTrustNothingFromBeforeOtherNodesCame() {
        read();
        trust.set(-1);
        row.set("written elsewhere");
        trust.set(2);
        assertThat(cache.peek(KEY)).isNull();
        assertThat(read()).isEqualTo("written elsewhere");
        assertThat(cache.peek(KEY)).isEqualTo("written elsewhere");
    }

    @Test
    void shouldNotKeepWhatWasBeingReadWhenOtherNodesCame() {
        cache.get(KEY, key -> {
            trust.set(-1);
            trust.set(2);
            assertThat(cache.peek(KEY)).isNull();
            return Optional.of("old");
        });
        assertThat(cache.peek(KEY)).isNull();
    }

    @Test
    void shouldGiveNothingToAReaderOfAnEarlierTime() {
        AtomicLong slow = new AtomicLong(1);
        ExactCache<String, String> watched = new ExactCache<>(100, (k, v) -> 1, slow::get);
        slow.set(3);
        watched.get(KEY, this::load);
        slow.set(2);
        assertThat(watched.peek(KEY)).isNull();
    }

    @Test
    void shouldNotKeepAbsence() {
        row.set(null);
        assertThat(read()).isEqualTo("absent");
        row.set("came");
        assertThat(read()).isEqualTo("came");
    }

    @Test
    void shouldAnswerTheNewValueOnceTheWriteIsSettled() {
        read();
        write("new");
        assertThat(cache.peek(KEY)).isNull();
        assertThat(read()).isEqualTo("new");
        assertThat(cache.peek(KEY)).isEqualTo("new");
    }

    @Test
    void shouldSendReadersToTheDatabaseWhileSomebodyWrites() {
        read();
        cache.doubt(KEY);
        assertThat(cache.peek(KEY)).isNull();
        read();
        read();
        assertThat(loads).hasValue(3);
        assertThat(cache.peek(KEY)).isNull();
        cache.settle(KEY);
        read();
        assertThat(cache.peek(KEY)).isEqualTo("old");
    }

    @Test
    void shouldStayInDoubtUntilTheLastOfSeveralWritersHasEnded() {
        cache.doubt(KEY);
        cache.doubt(KEY);
        cache.settle(KEY);
        read();
        assertThat(cache.peek(KEY)).isNull();
        cache.settle(KEY);
        read();
        assertThat(cache.peek(KEY)).isEqualTo("old");
    }

    @Test
    void shouldLeaveOtherKeysAlone() {
        read();
        cache.doubt("library/busybox");
        cache.settle("library/busybox");
        assertThat(cache.peek(KEY)).isEqualTo("old");
    }

    @Test
    void shouldNotKeepWhatWasReadBeforeAWholeWrite() {
        assertThat(cache.get(KEY, key -> {
            Optional<String> seen = load(key);
            write("new");
            return seen;
        })).contains("old");
        assertThat(cache.peek(KEY)).isNull();
        assertThat(read()).isEqualTo("new");
    }

    @Test
    void shouldNotKeepWhatWasReadBeforeAWriteThatGoesOn() {
        cache.get(KEY, key -> {
            Optional<String> seen = load(key);
            cache.doubt(KEY);
            return seen;
        });
        assertThat(cache.peek(KEY)).isNull();
        cache.settle(KEY);
    }

    @Test
    void shouldNotKeepWhatWasReadDuringAWriteThatEndsBeforeTheReader() {
        cache.doubt(KEY);
        cache.get(KEY, key -> {
            Optional<String> seen = load(key);
            row.set("new");
            cache.settle(KEY);
            return seen;
        });
        assertThat(cache.peek(KEY)).isNull();
        assertThat(read()).isEqualTo("new");
    }

    @Test
    void shouldForgetEverythingAndWhatIsBeingLoaded() {
        cache.get("other", this::load);
        cache.get(KEY, key -> {
            Optional<String> seen = load(key);
            cache.clear();
            return seen;
        });
        assertThat(cache.peek(KEY)).isNull();
        assertThat(cache.peek("other")).isNull();
        assertThat(read()).isEqualTo("old");
        assertThat(cache.peek(KEY)).isEqualTo("old");
    }

    @Test
    void shouldForgetAlsoWhatIsBeingPutWhileItIsCleared() throws Exception {
        List<String> stale = new ArrayList<>();
        race(Duration.ofMillis(300), number -> {
            String seen = read();
            row.set(seen.equals("old") ? "new" : "old");
            cache.clear();
            String kept = cache.peek(KEY);
            if (kept != null && !kept.equals(row.get())) {
                stale.add(kept);
            }
        });
        assertThat(stale).isEmpty();
    }

    /** The model: versions only grow, so a reader must see at least the version that was settled before it began. */
    @Test
    void shouldNeverAnswerWhatASettledWriteHasReplaced() throws Exception {
        AtomicInteger committed = new AtomicInteger();
        AtomicInteger settled = new AtomicInteger();
        ExactCache<String, Integer> versions = new ExactCache<>(100, (k, v) -> 1, () -> 1);
        AtomicInteger violations = new AtomicInteger();
        ExecutorService readers = Executors.newFixedThreadPool(3);
        AtomicBoolean stop = new AtomicBoolean();
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            running.add(readers.submit(() -> {
                while (!stop.get()) {
                    int least = settled.get();
                    if (versions.get(KEY, key -> Optional.of(committed.get())).orElseThrow() < least) {
                        violations.incrementAndGet();
                    }
                }
            }));
        }
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
        while (System.nanoTime() < end) {
            versions.doubt(KEY);
            int version = committed.incrementAndGet();
            versions.settle(KEY);
            settled.set(version);
        }
        stop.set(true);
        for (Future<?> reader : running) {
            reader.get(10, TimeUnit.SECONDS);
        }
        readers.shutdown();
        assertThat(violations).hasValue(0);
        assertThat(settled.get()).isPositive();
    }

    private interface Step {
        void run(int number);
    }

    /** One writer that steps, and readers beside it, for so long. */
    private void race(Duration time, Step writer) throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService readers = Executors.newFixedThreadPool(2);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            running.add(readers.submit(() -> {
                while (!stop.get()) {
                    read();
                }
            }));
        }
        long end = System.nanoTime() + time.toNanos();
        for (int i = 0; System.nanoTime() < end; i++) {
            writer.run(i);
        }
        stop.set(true);
        for (Future<?> reader : running) {
            reader.get(10, TimeUnit.SECONDS);
        }
        readers.shutdown();
    }
}
