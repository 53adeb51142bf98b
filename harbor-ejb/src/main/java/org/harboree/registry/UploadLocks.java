// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.node.NodeWatch;
import org.harboree.transaction.UnitOfWork;

/**
 * One writer for each upload, on whatever node: a second one is told so at once, it does not wait.
 *
 * <p>While this node is alone, its memory knows who writes, which costs nothing. With several nodes the writer's claim
 * is a row, which is void when its node is no more. A request that began alone and meets the first other node before it
 * ends has no claim: it is ended before that node begins, with its next bytes ({@link #guard}) or before they count
 * ({@link #requireStillMine}); the client sends them again.
 */
@ApplicationScoped
class UploadLocks {
    @Inject
    private NodeWatch nodes;

    @Inject
    private UploadWriterDao writers;

    @Inject
    private UnitOfWork work;

    /** The trust under which each upload was taken; negative where there is a claim. */
    private final ConcurrentMap<String, Long> held = new ConcurrentHashMap<>();

    /** @throws HarborException BLOB_UPLOAD_CONFLICT if another request is writing to the upload */
    <T> T exclusively(String uploadId, Supplier<T> task) {
        return tryExclusively(uploadId, task).orElseThrow(UploadLocks::conflict);
    }

    /** Runs it unless somebody is writing; says whether it ran. */
    boolean ifFree(String uploadId, Runnable task) {
        return tryExclusively(uploadId, () -> {
            task.run();
            return true;
        }).isPresent();
    }

    /**
     * To be asked before bytes that were written begin to count.
     *
     * @throws HarborException BLOB_UPLOAD_CONFLICT if another node may have written between them
     */
    void requireStillMine(String uploadId) {
        long trust = held.get(uploadId);
        if (trust >= 0 && trust != nodes.trust()) {
            throw conflict();
        }
    }

    /** The same bytes; reading fails as {@link #requireStillMine} does, so that nothing is written any more. */
    ReadableByteChannel guard(String uploadId, ReadableByteChannel bytes) {
        return new ReadableByteChannel() {
            @Override
            public int read(ByteBuffer target) throws IOException {
                int read = bytes.read(target);
                requireStillMine(uploadId);
                return read;
            }

            @Override
            public boolean isOpen() {
                return bytes.isOpen();
            }

            @Override
            public void close() throws IOException {
                bytes.close();
            }
        };
    }

    private <T> Optional<T> tryExclusively(String uploadId, Supplier<T> task) {
        long trust = nodes.trust();
        if (held.putIfAbsent(uploadId, trust) != null) {
            return Optional.empty();
        }
        try {
            return trust >= 0 ? Optional.of(task.get()) : withClaim(uploadId, task);
        } finally {
            held.remove(uploadId);
        }
    }

    private <T> Optional<T> withClaim(String uploadId, Supplier<T> task) {
        if (!work.call(() -> claim(uploadId))) {
            return Optional.empty();
        }
        try {
            return Optional.of(task.get());
        } finally {
            work.run(() -> writers.delete(uploadId));
        }
    }

    private boolean claim(String uploadId) {
        if (writers.lock(uploadId).filter(nodes::isOtherAlive).isPresent()) {
            return false;
        }
        writers.put(uploadId, nodes.id());
        return true;
    }

    private static HarborException conflict() {
        return new HarborException(ErrorCode.BLOB_UPLOAD_CONFLICT);
    }
}
