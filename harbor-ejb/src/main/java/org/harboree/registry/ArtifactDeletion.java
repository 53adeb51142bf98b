// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.Tuple;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.harboree.access.Caller;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.error.Reason;
import org.harboree.oci.Digest;
import org.harboree.transaction.UnitOfWork;

/**
 * Deletes an artifact as Harbor does: with what only served it.
 *
 * <p>The artifact goes in one transaction, as at {@code /v2}; then its accessories and its unused children, each in one
 * of its own. A crash in between leaves artifacts without a tag, which lists show and which can be deleted again.
 */
@ApplicationScoped
class ArtifactDeletion {
    /** Referrers of one subject that are read at once. */
    private static final int BATCH = 100;

    @Inject
    private ManifestService manifests;

    @Inject
    private ArtifactDao artifacts;

    @Inject
    private TagDao tags;

    @Inject
    private RegistryEvents events;

    @Inject
    private PullCache cache;

    @Inject
    private UnitOfWork work;

    /**
     * Whether the artifact was there.
     *
     * @throws HarborException VIOLATE_FOREIGN_KEY_CONSTRAINT if an index needs it
     */
    boolean delete(RepositoryRef repository, Digest digest, Caller operator) {
        List<Digest> children = children(repository, digest);
        boolean deleted;
        try {
            deleted = manifests.deleteArtifact(repository, digest, operator);
        } catch (HarborException e) {
            throw e.code() == ErrorCode.MANIFEST_REFERENCED
                    ? new HarborException(ErrorCode.VIOLATE_FOREIGN_KEY_CONSTRAINT,
                            "the deleting artifact is referenced by others").because(Reason.ARTIFACT_NEEDED)
                    : e;
        }
        if (deleted) {
            deleteServants(repository, new Servants(digest, children), operator);
        }
        return deleted;
    }

    /**
     * What served an artifact that is gone: the children of an index, and then its referrers, which name it still.
     * At most a batch of the referrers is in memory.
     */
    private final class Servants {
        private final Digest subject;
        private final Deque<Digest> waiting;
        private long after;
        private boolean complete;

        Servants(Digest subject, List<Digest> children) {
            this.subject = subject;
            waiting = new ArrayDeque<>(children);
        }

        /** The next one, empty after the last. */
        Optional<Digest> next(RepositoryRef repository) {
            if (waiting.isEmpty() && !complete) {
                List<Tuple> batch =
                        work.call(() -> artifacts.referrerDigests(repository.id(), subject, after, BATCH));
                complete = batch.size() < BATCH;
                for (Tuple row : batch) {
                    after = Sql.number(row, 0);
                    waiting.add(Digest.parse(Sql.text(row, 1)));
                }
            }
            return Optional.ofNullable(waiting.poll());
        }

        boolean isDone() {
            return complete && waiting.isEmpty();
        }
    }

    /** A loop: a chain of subjects is as long as a client likes, and waits here one by one. */
    private void deleteServants(RepositoryRef repository, Servants first, Caller operator) {
        Deque<Servants> open = new ArrayDeque<>(List.of(first));
        while (!open.isEmpty()) {
            Optional<Digest> servant = open.peek().next(repository);
            if (open.peek().isDone()) {
                open.pop();
            }
            servant.ifPresent(digest -> {
                List<Digest> children = children(repository, digest);
                if (deleteUnused(repository, digest, operator)) {
                    open.push(new Servants(digest, children));
                }
            });
        }
    }

    /** Read while the index is there: its entries go with it. */
    private List<Digest> children(RepositoryRef repository, Digest digest) {
        return work.call(() -> artifacts.find(repository.id(), digest).map(artifacts::presentChildren)
                .orElse(List.of()));
    }

    /** Deletes what has neither a tag nor a parent; whether it did. */
    private boolean deleteUnused(RepositoryRef repository, Digest digest, Caller operator) {
        PullCache.InRepository key = PullCache.key(repository.id(), digest);
        cache.manifests.doubt(key);
        try {
            return work.call(() -> {
                Optional<Long> artifact = artifacts.lock(repository.id(), digest)
                        .filter(id -> tags.namesOf(id).isEmpty() && !artifacts.isChild(id));
                artifact.ifPresent(id -> {
                    artifacts.delete(id);
                    events.write(RegistryEvents.ARTIFACT_DELETED, repository, digest.toString(), List.of(), operator);
                });
                return artifact.isPresent();
            });
        } finally {
            cache.manifests.settle(key);
        }
    }
}
