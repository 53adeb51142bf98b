// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.harboree.access.Caller;
import org.harboree.access.Permission;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.error.Reason;
import org.harboree.listing.Page;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query;
import org.harboree.listing.Sort;
import org.harboree.oci.Digest;
import org.harboree.oci.Tag;
import org.harboree.transaction.UnitOfWork;

/**
 * The tags of an artifact. Without the right or the project, {@link org.harboree.project.Projects#resolve} refuses;
 * without the repository or the artifact it is NOT_FOUND.
 */
@ApplicationScoped
public class TagService {
    @Inject
    private RepositoryDirectory directory;

    @Inject
    private ArtifactService found;

    @Inject
    private ArtifactDao artifacts;

    @Inject
    private TagListDao tags;

    @Inject
    private RegistryEvents events;

    @Inject
    private PullCache cache;

    @Inject
    private UnitOfWork work;

    /**
     * @param reference tag or digest of the artifact
     * @param q Harbor's filter, empty for none
     * @param sort Harbor's order, empty for the newest first
     * @throws HarborException BAD_REQUEST for a filter or an order that cannot be read
     */
    public Page<TagDetails> list(Caller caller, String project, String repository, String reference, PageRequest page,
            String q, String sort) {
        RepositoryRef place = directory.repository(caller, project, repository, Permission.TAG_LIST);
        Query query = Query.parse(q, TagListDao.KEYS);
        Sort order = Sort.parse(sort, TagListDao.COLUMNS.keySet(), TagListDao.NEWEST_FIRST);
        return work.call(() -> {
            long artifact = found.row(place, reference).id();
            Where where = new Where().and("t.artifact_id = ?", artifact).and(query, TagListDao.COLUMNS);
            return tags.page(where, order, page);
        });
    }

    /**
     * Gives the artifact one more tag.
     *
     * @throws HarborException BAD_REQUEST for what can be no tag; CONFLICT if the repository has the tag, at whatever
     *     artifact
     */
    public void create(Caller caller, String project, String repository, String reference, String name) {
        RepositoryRef place = directory.repository(caller, project, repository, Permission.TAG_CREATE);
        Tag tag = parse(name);
        change(place, tag, () -> {
            Digest digest = Digest.parse(found.row(place, reference).digest());
            long artifact = artifacts.lock(place.id(), digest).orElseThrow(() -> missing(reference));
            tags.insert(place.id(), artifact, tag.value());
            events.write(RegistryEvents.TAG_CREATED, place, digest.toString(), List.of(tag.value()), caller);
        });
    }

    /** @throws HarborException NOT_FOUND also for a tag of another artifact */
    public void delete(Caller caller, String project, String repository, String reference, String name) {
        RepositoryRef place = directory.repository(caller, project, repository, Permission.TAG_DELETE);
        Tag tag = parseOrMissing(name);
        change(place, tag, () -> {
            ArtifactListDao.Row artifact = found.row(place, reference);
            if (!tags.delete(artifact.id(), tag.value())) {
                throw missing(name);
            }
            events.write(RegistryEvents.TAG_DELETED, place, artifact.digest(), List.of(tag.value()), caller);
        });
    }

    private void change(RepositoryRef place, Tag tag, Runnable unit) {
        PullCache.InRepository key = PullCache.key(place.id(), tag.value());
        cache.tagHeads.doubt(key);
        try {
            work.run(unit);
        } finally {
            cache.tagHeads.settle(key);
        }
    }

    private static Tag parse(String name) {
        try {
            return Tag.parse(name);
        } catch (HarborException e) {
            throw new HarborException(ErrorCode.BAD_REQUEST, "invalid tag name").because(Reason.TAG_INVALID);
        }
    }

    private static Tag parseOrMissing(String name) {
        try {
            return Tag.parse(name);
        } catch (HarborException e) {
            throw missing(name);
        }
    }

    private static HarborException missing(String name) {
        return new HarborException(ErrorCode.NOT_FOUND, "tag " + name + " not found");
    }
}
