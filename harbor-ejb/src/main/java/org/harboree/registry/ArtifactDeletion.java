// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
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
    @Inject
    private ManifestService manifests;

    @Inject
    private ArtifactListDao rows;

    @Inject
    private ArtifactDao artifacts;

    @Inject
    private TagDao tags;

    @Inject
    private PullCache cache;

    @Inject
    private UnitOfWork work;

    /**
     * Whether the artifact was there.
     *
     * @throws HarborException VIOLATE_FOREIGN_KEY_CONSTRAINT if an index needs it
     */
    boolean delete(RepositoryRef repository, Digest digest) {
        List<Digest> served = work.call(() -> servants(repository, digest));
        boolean deleted;
        try {
            deleted = manifests.deleteArtifact(repository, digest);
        } catch (HarborException e) {
            throw e.code() == ErrorCode.MANIFEST_REFERENCED
                    ? new HarborException(ErrorCode.VIOLATE_FOREIGN_KEY_CONSTRAINT,
                            "the deleting artifact is referenced by others")
                    : e;
        }
        served.forEach(servant -> deleteUnused(repository, servant));
        return deleted;
    }

    /** Children first, for an accessory of a child is only found while the child is there. */
    private List<Digest> servants(RepositoryRef repository, Digest digest) {
        List<Digest> servants = new ArrayList<>();
        rows.referrers(repository.id(), List.of(digest.toString()))
                .forEach(row -> servants.add(Digest.parse(row.digest())));
        artifacts.find(repository.id(), digest).ifPresent(id -> rows.children(List.of(id)).stream()
                .filter(child -> child.get(1) != null)
                .forEach(child -> servants.add(Digest.parse(Sql.text(child, 2)))));
        return servants.stream().distinct().toList();
    }

    /** Deletes what has neither a tag nor a parent, and then what served it in turn. */
    private void deleteUnused(RepositoryRef repository, Digest digest) {
        List<Digest> served = work.call(() -> servants(repository, digest));
        PullCache.InRepository key = PullCache.key(repository.id(), digest);
        cache.manifests.doubt(key);
        boolean deleted;
        try {
            deleted = work.call(() -> {
                Optional<Long> artifact = artifacts.lock(repository.id(), digest)
                        .filter(id -> tags.namesOf(id).isEmpty() && !artifacts.isChild(id));
                artifact.ifPresent(artifacts::delete);
                return artifact.isPresent();
            });
        } finally {
            cache.manifests.settle(key);
        }
        if (deleted) {
            served.forEach(servant -> deleteUnused(repository, servant));
        }
    }
}
