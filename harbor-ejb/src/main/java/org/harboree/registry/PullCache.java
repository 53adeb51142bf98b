// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.util.Collection;
import org.harboree.node.NodeWatch;
import org.harboree.oci.Digest;
import org.harboree.storage.BlobKey;

/**
 * What a warm pull needs, in memory: repositories by name, tag heads, manifests and blobs that are in a repository.
 *
 * <p>All are {@link ExactCache}s. Whoever writes a row that stands here marks its key before the transaction and
 * settles it after. With several nodes nothing of it is used but contents.
 */
final class PullCache {
    private static final long NAMES = 200_000;
    private static final long MANIFEST_BYTES = 48L << 20;
    private static final long CONTENT_BYTES = 32L << 20;

    record InRepository(long repositoryId, String name) {}

    final ExactCache<String, RepositoryRef> repositories;
    final ExactCache<InRepository, String> tagHeads;
    final ExactCache<InRepository, BlobRef> blobs;
    final ExactCache<InRepository, StoredManifest> manifests;

    /** Contents of small blobs, in direct memory; what a key names never changes, so nothing is ever in doubt. */
    final Cache<BlobKey, ByteBuffer> contents = Caffeine.newBuilder()
            .maximumWeight(CONTENT_BYTES)
            .weigher((BlobKey key, ByteBuffer content) -> content.capacity() + 512)
            .executor(Runnable::run)
            .build();

    @Inject
    PullCache(NodeWatch nodes) {
        repositories = new ExactCache<>(NAMES, (k, v) -> 1, nodes::trust);
        tagHeads = new ExactCache<>(NAMES, (k, v) -> 1, nodes::trust);
        blobs = new ExactCache<>(NAMES, (k, v) -> 1, nodes::trust);
        manifests = new ExactCache<>(MANIFEST_BYTES, (k, v) -> v.content().length + 512, nodes::trust);
    }

    /**
     * Puts the heads of tags in doubt. To be called inside the transaction, where the repository and its tags are known
     * for certain, and before the write.
     */
    void doubtHeads(RepositoryRef repository, Collection<String> tags, Doubts doubts) {
        tags.forEach(tag -> doubts.doubt(tagHeads, key(repository.id(), tag)));
    }

    static InRepository key(long repositoryId, String name) {
        return new InRepository(repositoryId, name);
    }

    static InRepository key(long repositoryId, Digest digest) {
        return new InRepository(repositoryId, digest.toString());
    }
}
