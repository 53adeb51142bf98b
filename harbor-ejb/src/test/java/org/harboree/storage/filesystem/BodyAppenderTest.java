// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.harboree.storage.Bodies;
import org.harboree.storage.Hasher;
import org.harboree.storage.RecordingHasher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Few buffers and few threads: nobody waits for ever, and every buffer comes back. */
@Timeout(60)
class BodyAppenderTest {
    private static final int MIB = 1 << 20;

    @TempDir
    Path directory;

    private final BufferPool pool = new BufferPool(3 * MIB);
    private final ExecutorService one = Executors.newSingleThreadExecutor();
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        one.shutdown();
        callers.shutdown();
    }

    private byte[] append(ReadableByteChannel body, Hasher hasher, Executor workers) throws IOException {
        Path path = Files.createTempFile(directory, "staged", "");
        try (StagingFile file = StagingFile.open(path, new StableStorage(), 0)) {
            new BodyAppender(pool, workers).append(new BodyReader(body, Long.MAX_VALUE), hasher, file);
        }
        return Files.readAllBytes(path);
    }

    private void assertRoundTrip(byte[] content, Executor workers) throws IOException {
        RecordingHasher hasher = new RecordingHasher();
        assertThat(append(Bodies.inDribs(content), hasher, workers)).isEqualTo(content);
        assertThat(hasher.seen()).isEqualTo(content);
    }

    private void assertAllBuffersAreBack() {
        assertThat(pool.tryAcquire()).isPresent();
        assertThat(pool.tryAcquire()).isPresent();
        assertThat(pool.tryAcquire()).isPresent();
        assertThat(pool.tryAcquire()).isEmpty();
    }

    @Test
    void shouldReturnAllBuffersWhateverHappens() throws IOException {
        assertRoundTrip(Bodies.bytes(20 * MIB, 1), one);
        for (int size : new int[] {0, 10, MIB, 5 * MIB}) {
            assertThatThrownBy(() -> append(Bodies.failing(new byte[size], new IOException("cut")),
                    new RecordingHasher(), one)).hasMessage("cut");
            assertThatThrownBy(() -> append(Bodies.of(new byte[size + 1]), bytes -> {
                throw new IllegalStateException("broken");
            }, one)).hasMessage("broken");
        }
        assertAllBuffersAreBack();
    }

    @Test
    void shouldWorkWhenNoWorkerIsToBeHad() throws IOException {
        assertRoundTrip(Bodies.bytes(5 * MIB, 1), task -> {
            throw new RejectedExecutionException();
        });
        assertRoundTrip(Bodies.bytes(5 * MIB, 1), Runnable::run);
        assertAllBuffersAreBack();
    }

    @Test
    void shouldWorkWithoutAnyPooledBuffer() throws IOException {
        pool.tryAcquire();
        pool.tryAcquire();
        pool.tryAcquire();

        assertRoundTrip(Bodies.bytes(2 * MIB + 1, 1), one);
    }

    @Test
    void shouldLetOthersUploadThoughSlowClientsHoldAllBuffersAndThereIsOneWorker() throws Exception {
        CountDownLatch waiting = new CountDownLatch(5);
        CountDownLatch goOn = new CountDownLatch(1);
        List<Future<byte[]>> slow = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            slow.add(callers.submit(() -> append(new Stalled(waiting, goOn), new RecordingHasher(), one)));
        }
        waiting.await();

        assertRoundTrip(Bodies.bytes(5 * MIB, 1), one);

        goOn.countDown();
        for (Future<byte[]> upload : slow) {
            assertThat(upload.get()).hasSize(3 * MIB);
        }
        assertAllBuffersAreBack();
    }

    /** Stops in the middle of its first byte until it may go on. */
    private static final class Stalled implements ReadableByteChannel {
        private final CountDownLatch waiting;
        private final CountDownLatch goOn;
        private final ByteBuffer bytes = ByteBuffer.allocate(3 * MIB);

        Stalled(CountDownLatch waiting, CountDownLatch goOn) {
            this.waiting = waiting;
            this.goOn = goOn;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            waiting.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            int count = Math.min(bytes.remaining(), target.remaining());
            if (!bytes.hasRemaining()) {
                return -1;
            }
            target.put(bytes.slice(bytes.position(), count));
            bytes.position(bytes.position() + count);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
