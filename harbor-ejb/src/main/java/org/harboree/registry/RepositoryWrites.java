// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.harboree.access.Action;
import org.harboree.error.HarborException;
import org.harboree.oci.Tag;
import org.harboree.project.Projects;
import org.harboree.project.Standing;
import org.harboree.transaction.GroupCommit;
import org.harboree.transaction.UnitOfWork;

/**
 * Mounts and manifests on their way into repositories. Those that come at the same moment share a transaction, and in
 * it each kind of row is read and written once for all of them:
 *
 * <pre>
 *   rights, live ─► repositories, found or made ─► links of mounted blobs ─► artifacts, references, tags, events
 * </pre>
 *
 * Each is still all or nothing, and one that is refused changes nothing.
 */
@ApplicationScoped
class RepositoryWrites {
    /** A larger manifest is written alone: it names so many blobs that others would wait for it. */
    private static final int MAX_SHARED_BYTES = 64 << 10;

    private RegistryAccess access;
    private Projects projects;
    private Repositories repositories;
    private BlobMounts mounts;
    private ManifestWriter manifests;
    private PullCache cache;
    private GroupCommit<RepositoryWrite> group;

    /** For the container's proxies. */
    protected RepositoryWrites() {
    }

    @Inject
    RepositoryWrites(RegistryAccess access, Projects projects, Repositories repositories, BlobMounts mounts,
            ManifestWriter manifests, PullCache cache, UnitOfWork work) {
        this.access = access;
        this.projects = projects;
        this.repositories = repositories;
        this.mounts = mounts;
        this.manifests = manifests;
        this.cache = cache;
        this.group = new GroupCommit<>(work, this::write);
    }

    /**
     * Returns when it is committed; the caller closes the write.
     *
     * @throws HarborException why it is refused
     */
    public void run(RepositoryWrite write) {
        if (write instanceof ManifestPush push && push.manifest().content().length > MAX_SHARED_BYTES) {
            group.alone(write);
        } else {
            group.run(write);
        }
    }

    /** One attempt, in a running unit. */
    Map<RepositoryWrite, RuntimeException> write(List<RepositoryWrite> writes) {
        Map<RepositoryWrite, RuntimeException> refusals = new IdentityHashMap<>();
        Repositories.Opening opening = repositories.opening(writes);
        Standings standings = new Standings(projects, opening.makesAny());
        List<RepositoryWrite> admitted = new ArrayList<>();
        for (RepositoryWrite write : writes) {
            try {
                Standing here = access.standing(write.who(), write.name(), Action.PUSH, standings);
                if (!(write instanceof BlobMount mount) || mounts.hasSource(mount, here, standings)) {
                    opening.add(write, here.project());
                    admitted.add(write);
                }
            } catch (HarborException refusal) {
                refusals.put(write, refusal);
            }
        }
        opening.open();
        mounts.write(only(admitted, BlobMount.class), opening);
        push(only(admitted, ManifestPush.class), opening, refusals);
        return refusals;
    }

    private static <W extends RepositoryWrite> List<W> only(List<RepositoryWrite> writes, Class<W> kind) {
        return writes.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private void push(List<ManifestPush> pushes, Repositories.Opening opening,
            Map<RepositoryWrite, RuntimeException> refusals) {
        Map<ManifestWriter.Entry, ManifestPush> entries = new IdentityHashMap<>();
        List<ManifestWriter.Entry> order = new ArrayList<>();
        for (ManifestPush push : pushes) {
            ManifestWriter.Entry entry = push.entry();
            if (!push.repository().published()) {
                push.doubts().doubt(cache.repositories, push.repository().name());
            }
            cache.doubtHeads(push.repository(), push.tags().stream().map(Tag::value).toList(), push.doubts());
            entries.put(entry, push);
            order.add(entry);
        }
        manifests.storeAll(order).forEach((entry, refusal) -> {
            if (opening.made(entry.repository())) {
                // the repository must not stay either
                throw refusal;
            }
            refusals.put(entries.get(entry), refusal);
        });
    }
}
