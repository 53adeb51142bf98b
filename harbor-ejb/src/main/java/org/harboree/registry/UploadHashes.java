// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.security.MessageDigest;
import org.harboree.oci.Digest;
import org.harboree.storage.BlobStorage;

/**
 * The running hash of each open upload, so that a chunk costs its own length only.
 *
 * <p>It is a shortcut, not the truth: whatever is missing (after a restart, on another node, for another algorithm) is
 * computed again from the staged bytes.
 */
@ApplicationScoped
class UploadHashes {
    private static final int MAX_REMEMBERED = 10_000;

    private record State(long offset, Digest.Algorithm algorithm, MessageDigest hash) {}

    @Inject
    private BlobStorage storage;

    private final Cache<String, State> states =
            Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).executor(Runnable::run).build();

    /** A hash of the upload's bytes up to its offset; the caller's own, to be updated. */
    MessageDigest at(Upload upload, Digest.Algorithm algorithm) throws IOException {
        State state = states.getIfPresent(upload.id());
        if (state != null && state.offset() == upload.offset() && state.algorithm() == algorithm) {
            return copy(state.hash());
        }
        MessageDigest hash = algorithm.newMessageDigest();
        if (upload.offset() > 0) {
            storage.rehash(upload.id(), upload.offset(), hash::update);
        }
        return hash;
    }

    /** Remembers the hash of the bytes up to the upload's new offset. */
    void remember(Upload upload, Digest.Algorithm algorithm, MessageDigest hash) {
        states.put(upload.id(), new State(upload.offset(), algorithm, hash));
    }

    void forget(String uploadId) {
        states.invalidate(uploadId);
    }

    private static MessageDigest copy(MessageDigest hash) {
        try {
            return (MessageDigest) hash.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's SHA-2 can be cloned", e);
        }
    }
}
