// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage.filesystem;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.harboree.storage.Hasher;

/**
 * Chooses how a body gets into its staging file.
 *
 * <p>Most bodies fit into one buffer: the calling thread does all of it. Longer ones go through a pipeline. When the
 * pool is empty, the calling thread goes on by itself with a small buffer of its own.
 */
final class BodyAppender {
    static final int SMALL_BUFFER = 64 << 10;

    private final BufferPool pool;
    private final Executor workers;

    BodyAppender(BufferPool pool, Executor workers) {
        this.pool = pool;
        this.workers = workers;
    }

    /** Appends the whole body; nothing of it is durable yet. */
    void append(BodyReader body, Hasher hasher, StagingFile file) throws IOException {
        Optional<ByteBuffer> first = pool.tryAcquire();
        if (first.isEmpty()) {
            alone(body, hasher, file);
            return;
        }
        boolean more = false;
        try {
            more = body.fill(first.get());
            if (!more) {
                take(first.get(), hasher, file);
            }
        } finally {
            if (!more) {
                pool.release(first.get());
            }
        }
        if (more) {
            pipelined(body, file, new AppendPipeline(file, hasher, pool, workers), first.get());
        }
    }

    private void pipelined(BodyReader body, StagingFile file, AppendPipeline pipeline, ByteBuffer first)
            throws IOException {
        try {
            pipeline.start(first);
            boolean more = true;
            while (more) {
                ByteBuffer buffer = pipeline.next();
                more = body.fill(buffer);
                pipeline.send(buffer);
            }
        } finally {
            pipeline.drain();
        }
        pipeline.rethrow();
    }

    private void alone(BodyReader body, Hasher hasher, StagingFile file) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(SMALL_BUFFER);
        boolean more = true;
        while (more) {
            more = body.fill(buffer);
            take(buffer, hasher, file);
        }
    }

    private static void take(ByteBuffer buffer, Hasher hasher, StagingFile file) throws IOException {
        hasher.update(buffer.duplicate());
        file.write(buffer);
    }
}
