// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage.filesystem;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.harboree.storage.Hasher;

/**
 * Receives, hashes, writes and flushes a long body at the same time.
 *
 * <pre>
 *                      ┌─► lane: hasher.update ─┐
 *  caller: body.read ──┤                        ├─► buffer free again
 *                      └─► lane: file.write ────┘
 *                               └─ each 32 MiB ─► lane: file.flush (starts write-back early)
 * </pre>
 *
 * Buffers come from the pool, at most {@value #MAX_BUFFERS} for one body; with one alone it still gets on. After a
 * failure the lanes let everything pass, and the caller learns of it with its next call.
 */
final class AppendPipeline {
    private static final int MAX_BUFFERS = 8;
    private static final long FLUSH_BYTES = 32L << 20;

    private final StagingFile file;
    private final Hasher hasher;
    private final BufferPool pool;
    private final SerialLane hashing;
    private final SerialLane writing;
    private final SerialLane flushing;

    private final List<ByteBuffer> borrowed = new ArrayList<>();
    private final Deque<ByteBuffer> free = new ArrayDeque<>();
    private int pending;
    private long flushAt = FLUSH_BYTES;
    private boolean flushPending;
    private Throwable failure;

    AppendPipeline(StagingFile file, Hasher hasher, BufferPool pool, Executor workers) {
        this.file = file;
        this.hasher = hasher;
        this.pool = pool;
        hashing = new SerialLane(workers);
        writing = new SerialLane(workers);
        flushing = new SerialLane(workers);
    }

    /** Takes over a full buffer of the pool; it goes back with the others in {@link #drain}. */
    void start(ByteBuffer first) {
        borrowed.add(first);
        send(first);
    }

    /** A buffer for the next bytes; waits for one of its own if the pool has no more. */
    synchronized ByteBuffer next() throws IOException {
        if (free.isEmpty() && borrowed.size() < MAX_BUFFERS) {
            pool.tryAcquire().ifPresent(buffer -> {
                borrowed.add(buffer);
                free.add(buffer);
            });
        }
        awaitUntil(() -> !free.isEmpty());
        rethrow();
        return free.removeFirst();
    }

    /** Takes a buffer from {@link #next} that has bytes to read. */
    void send(ByteBuffer buffer) {
        AtomicInteger users = new AtomicInteger(2);
        ByteBuffer hashed = buffer.duplicate();
        submit(hashing, () -> hasher.update(hashed), () -> releaseAfter(users, buffer));
        ByteBuffer written = buffer.duplicate();
        submit(writing, () -> write(written), () -> releaseAfter(users, buffer));
    }

    /** Waits until nothing is under way any more, and returns all buffers; to be called whatever happened. */
    synchronized void drain() {
        awaitUntil(() -> pending == 0);
        borrowed.forEach(pool::release);
        borrowed.clear();
    }

    /** Throws what went wrong in a lane. */
    synchronized void rethrow() throws IOException {
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        file.write(bytes);
        boolean flush;
        synchronized (this) {
            flush = file.appended() >= flushAt && !flushPending;
            if (flush) {
                flushAt = file.appended() + FLUSH_BYTES;
                flushPending = true;
            }
        }
        if (flush) {
            submit(flushing, file::flush, this::flushed);
        }
    }

    private synchronized void flushed() {
        flushPending = false;
    }

    private synchronized void releaseAfter(AtomicInteger users, ByteBuffer buffer) {
        if (users.decrementAndGet() == 0) {
            free.addFirst(buffer);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private void submit(SerialLane lane, Work work, Runnable after) {
        synchronized (this) {
            pending++;
        }
        lane.submit(() -> perform(work, after));
    }

    private void perform(Work work, Runnable after) {
        Throwable thrown = null;
        try {
            if (!failed()) {
                work.run();
            }
        } catch (IOException | RuntimeException | Error e) {
            thrown = e;
        }
        synchronized (this) {
            failure = failure == null ? thrown : failure;
            after.run();
            pending--;
            notifyAll();
        }
    }

    private synchronized boolean failed() {
        return failure != null;
    }

    private interface Condition {
        boolean holds();
    }

    /** Not to be interrupted: the lanes still use the buffers. The interrupt is kept for the caller. */
    private void awaitUntil(Condition condition) {
        boolean interrupted = false;
        while (!condition.holds()) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
