// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.harboree.access.Action;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.oci.Digest;
import org.harboree.oci.RepositoryName;
import org.harboree.project.Standing;
import org.harboree.transaction.UnitOfWork;

/** Blobs that change repository without moving bytes: mounted into one, deleted from one. */
@ApplicationScoped
public class BlobService {
    /** How many repositories are looked at for one that the caller may read, where the client names none. */
    private static final int MOUNT_CANDIDATES = 50;

    @Inject
    private RegistryAccess access;

    @Inject
    private Repositories repositories;

    @Inject
    private BlobDao blobs;

    @Inject
    private PullCache cache;

    @Inject
    private UnitOfWork work;

    /**
     * Mounts a blob (OCI Distribution Spec, "Mounting a blob from another repository").
     *
     * @param from the repository to take it from; if empty, any that the caller may pull from, by the rights they hold
     * @return empty if there is nothing to mount, or nothing that the caller may see: the two look the same, and the
     *     client uploads
     */
    public Optional<BlobRef> mount(
            RegistryCaller who, RepositoryName name, Digest digest, Optional<RepositoryName> from) {
        return repositories.tryIn(name, () -> {
            Standing here = access.standing(who, name, Action.PUSH);
            // most mounts stay in one project, whose rights are known by now
            Predicate<RepositoryName> readable = source -> source.project().equals(name.project())
                    ? access.mayPull(who, here) : access.mayPull(who, source);
            boolean found = from.map(List::of).orElseGet(() -> candidates(digest)).stream()
                    .filter(readable).anyMatch(source -> holds(source, digest));
            return found ? Optional.of(here.project()) : Optional.empty();
        }, repository -> {
            Optional<BlobRef> blob = blobs.promise(digest);
            blob.ifPresent(found -> blobs.link(repository.id(), found));
            return blob;
        });
    }

    /** A repository that has the blob and that the caller may pull from, by the rights they hold; to mount from. */
    public Optional<RepositoryName> repositoryWith(RegistryCaller who, Digest digest) {
        return work.call(() -> candidates(digest).stream().filter(source -> access.mayPull(who, source)).findFirst());
    }

    private List<RepositoryName> candidates(Digest digest) {
        return blobs.repositoriesOf(digest, MOUNT_CANDIDATES).stream()
                .map(RepositoryName::parse)
                .toList();
    }

    private boolean holds(RepositoryName source, Digest digest) {
        return repositories.find(source)
                .flatMap(repository -> blobs.findIn(repository.id(), digest))
                .isPresent();
    }

    /**
     * Takes the blob out of the repository.
     *
     * @throws HarborException BLOB_UNKNOWN; METHOD_UNSUPPORTED while an artifact of the repository needs it
     */
    public void delete(RegistryCaller who, RepositoryName name, Digest digest) {
        access.change(who, name, Action.DELETE);
        HarborException unknown = new HarborException(
                ErrorCode.BLOB_UNKNOWN, ErrorCode.BLOB_UNKNOWN.message(), Map.of("digest", digest.toString()));
        RepositoryRef repository = repositories.find(name).orElseThrow(() -> unknown);
        PullCache.InRepository key = PullCache.key(repository.id(), digest);
        cache.blobs.doubt(key);
        try {
            work.run(() -> {
                BlobRef blob = blobs.lock(digest).orElseThrow(() -> unknown);
                if (blobs.isReferencedIn(repository.id(), blob.id())) {
                    throw new HarborException(ErrorCode.METHOD_UNSUPPORTED,
                            "an artifact of this repository needs the blob");
                }
                if (!blobs.unlink(repository.id(), blob.id())) {
                    throw unknown;
                }
            });
        } finally {
            cache.blobs.settle(key);
        }
    }
}
