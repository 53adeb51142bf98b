// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage.filesystem;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Direct buffers of 1 MiB, at most so many in all, kept for ever once they were made.
 *
 * <p>Taking one never waits: were slow uploads to hold all of them, nobody else could upload at all.
 */
final class BufferPool {
    static final int BUFFER_SIZE = 1 << 20;

    private final ConcurrentLinkedDeque<ByteBuffer> free = new ConcurrentLinkedDeque<>();
    private final AtomicInteger unmade;

    /** @param maxBytes what all buffers may take together; at least one is made */
    BufferPool(long maxBytes) {
        unmade = new AtomicInteger((int) Math.max(1, Math.min(Integer.MAX_VALUE, maxBytes / BUFFER_SIZE)));
    }

    /** A buffer, cleared, for {@link #release}; empty if all are in use. */
    Optional<ByteBuffer> tryAcquire() {
        ByteBuffer buffer = free.pollFirst();
        if (buffer != null) {
            return Optional.of(buffer.clear());
        }
        if (unmade.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return Optional.of(ByteBuffer.allocateDirect(BUFFER_SIZE));
        }
        return Optional.empty();
    }

    void release(ByteBuffer buffer) {
        free.addFirst(buffer);
    }
}
