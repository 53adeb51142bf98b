// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.harboree.oci.Digest;
import org.harboree.oci.RepositoryName;
import org.harboree.project.Standing;
import org.harboree.transaction.UnitOfWork;

/** The rows of mounts, in a running unit: where blobs may be taken from, and their links. */
@Dependent
class BlobMounts {
    /** How many repositories are looked at for one that the caller may read, where the client names none. */
    private static final int CANDIDATES = 50;

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
     * Whether the blob is where it is to be taken from, and the caller may pull from there, by the rights they hold.
     *
     * @param here the caller in the project that the blob goes to
     */
    boolean hasSource(BlobMount mount, Standing here, Standings standings) {
        return mount.from().map(List::of).orElseGet(() -> candidates(mount.digest())).stream()
                // most mounts stay in one project, whose rights are known by now
                .filter(source -> source.project().equals(mount.name().project())
                        ? access.mayPull(mount.who(), here) : access.mayPull(mount.who(), source, standings))
                .anyMatch(source -> holds(source, mount.digest()));
    }

    /** Repositories that have the blob. */
    List<RepositoryName> candidates(Digest digest) {
        return blobs.repositoriesOf(digest, CANDIDATES).stream().map(RepositoryName::parse).toList();
    }

    private boolean holds(RepositoryName source, Digest digest) {
        return repositories.find(source).flatMap(repository -> cache.blobs.get(PullCache.key(repository.id(), digest),
                key -> work.call(() -> blobs.findIn(key.repositoryId(), digest)))).isPresent();
    }

    /** Those whose blob has been collected meanwhile stay without. */
    void write(List<BlobMount> mounts, Repositories.Opening opening) {
        Map<Digest, BlobRef> promised = blobs.promise(mounts.stream().map(BlobMount::digest).toList());
        List<BlobDao.Link> links = new ArrayList<>();
        List<BlobDao.Link> awaited = new ArrayList<>();
        for (BlobMount mount : mounts) {
            Optional.ofNullable(promised.get(mount.digest())).ifPresent(blob -> {
                BlobDao.Link link = new BlobDao.Link(mount.repository().id(), blob);
                links.add(link);
                if (!opening.made(mount.repository())) {
                    awaited.add(link);
                }
                mount.done(blob);
            });
        }
        blobs.linkAll(links);
        blobs.giveToWaiting(awaited);
    }
}
