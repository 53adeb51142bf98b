// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.harboree.access.Action;
import org.harboree.access.TokenVerifier;
import org.harboree.access.VerifiedToken;

/**
 * Pulls for which everything is in memory: the verified token, the repository, the tag's head, the content.
 *
 * <p>It never blocks, so an I/O thread may call it. Whatever is missing, or not allowed, is an empty answer: then
 * {@link PullService} decides, asks the database, and says what is wrong. Nothing is decided here that is not decided
 * there by the same token and the same caches.
 */
@ApplicationScoped
public class WarmPulls {
    @Inject
    private TokenVerifier tokens;

    @Inject
    private PullCache cache;

    @Inject
    private PullRecorder recorder;

    /**
     * The manifest under a tag or digest.
     *
     * @param count whether this is a pull, and not a look
     */
    public Optional<StoredManifest> manifest(String token, String repository, String reference, boolean count) {
        RepositoryRef found = readable(token, repository);
        if (found == null) {
            return Optional.empty();
        }
        boolean byDigest = reference.indexOf(':') >= 0;
        String digest = byDigest ? reference : cache.tagHeads.peek(PullCache.key(found.id(), reference));
        if (digest == null) {
            return Optional.empty();
        }
        StoredManifest manifest = cache.manifests.peek(PullCache.key(found.id(), digest));
        if (manifest != null && count) {
            recorder.pulled(manifest.artifactId(), byDigest ? null : reference);
        }
        return Optional.ofNullable(manifest);
    }

    /** The content of a small blob; a view of its own, ready to be read. */
    public Optional<ByteBuffer> blob(String token, String repository, String digest) {
        RepositoryRef found = readable(token, repository);
        BlobRef blob = found == null ? null : cache.blobs.peek(PullCache.key(found.id(), digest));
        ByteBuffer content = blob == null ? null : cache.contents.getIfPresent(blob.key());
        return content == null ? Optional.empty() : Optional.of(content.duplicate());
    }

    private RepositoryRef readable(String token, String repository) {
        RepositoryRef found = cache.repositories.peek(repository);
        if (found == null) {
            return null;
        }
        Optional<VerifiedToken> verified = tokens.peek(token);
        return verified.isPresent() && verified.get().allows(repository, found.projectId(), Action.PULL) ? found : null;
    }
}
