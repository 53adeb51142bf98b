// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import org.harboree.access.Action;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.oci.Digest;
import org.harboree.oci.RepositoryName;
import org.harboree.transaction.UnitOfWork;

/** Blobs that change repository without moving bytes: mounted into one, deleted from one. */
@ApplicationScoped
public class BlobService {
    @Inject
    private RegistryAccess access;

    @Inject
    private Repositories repositories;

    @Inject
    private RepositoryWrites writes;

    @Inject
    private BlobMounts mounts;

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
        try (BlobMount mount = new BlobMount(who, name, digest, from)) {
            writes.run(mount);
            return mount.mounted();
        }
    }

    /** A repository that has the blob and that the caller may pull from, by the rights they hold; to mount from. */
    public Optional<RepositoryName> repositoryWith(RegistryCaller who, Digest digest) {
        return work.call(() -> mounts.candidates(digest).stream()
                .filter(source -> access.mayPull(who, source)).findFirst());
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
