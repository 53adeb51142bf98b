// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.harboree.access.Caller;
import org.harboree.access.Permission;
import org.harboree.access.ProjectRef;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.error.Reason;
import org.harboree.listing.Page;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query;
import org.harboree.listing.Sort;
import org.harboree.listing.Term;
import org.harboree.project.Projects;
import org.harboree.transaction.UnitOfWork;

/**
 * Repositories as people see them. A repository is there from its first manifest on; without the right or the project,
 * {@link Projects#resolve} refuses.
 */
@ApplicationScoped
public class RepositoryService {
    private static final int MAX_DESCRIPTION = 16_000;
    private static final int MAX_HITS = 100;
    private static final Sort BY_NAME = Sort.by(new Sort.Key("name", false));

    /** What a search found. */
    public record Hit(RepositoryDetails repository, boolean inPublicProject) {}

    @Inject
    private RepositoryDirectory directory;

    @Inject
    private RepositoryListDao repositories;

    @Inject
    private RegistryEvents events;

    @Inject
    private DeletionPlanner planner;

    @Inject
    private PullCache cache;

    @Inject
    private UnitOfWork work;

    /**
     * The repositories of a project.
     *
     * @param q Harbor's filter, empty for none
     * @param sort Harbor's order, empty for the newest first
     * @throws HarborException BAD_REQUEST for a filter or an order that cannot be read
     */
    public Page<RepositoryDetails> list(Caller caller, String project, PageRequest page, String q, String sort) {
        ProjectRef room = directory.project(caller, project, Permission.REPOSITORY_LIST);
        return page(RepositoryListDao.published().and("r.project_id = ?", room.id()), page, q, sort);
    }

    /** The repositories of all projects that the caller may see; parameters and errors as {@link #list}. */
    public Page<RepositoryDetails> listAll(Caller caller, PageRequest page, String q, String sort) {
        return page(visible(caller), page, q, sort);
    }

    /** The first {@value #MAX_HITS} repositories that the caller may see and whose name contains the text, by name. */
    public List<Hit> search(Caller caller, String part) {
        Where where = visible(caller).and("r.name LIKE LOWER(?) ESCAPE '" + Term.Fuzzy.LIKE_ESCAPE + "'",
                new Term.Fuzzy("name", part).likePattern());
        return work.call(() -> {
            List<RepositoryDetails> found = repositories.page(where, BY_NAME, new PageRequest(1, MAX_HITS)).items();
            Set<Long> open = repositories.publicProjects(
                    found.stream().map(RepositoryDetails::projectId).collect(Collectors.toSet()));
            return found.stream().map(one -> new Hit(one, open.contains(one.projectId()))).toList();
        });
    }

    /**
     * What each of these repositories of a project holds, in bytes by id: each blob once, as a quota counts it, and the
     * manifests.
     */
    public Map<Long, Long> bytes(Caller caller, String project, Collection<RepositoryDetails> some) {
        ProjectRef room = directory.project(caller, project, Permission.REPOSITORY_LIST);
        List<Long> ids = ids(room, some);
        return work.call(() -> repositories.bytes(ids));
    }

    /** When something was pushed to each of these repositories of a project last, by id; empty ones are missing. */
    public Map<Long, Instant> lastPushes(Caller caller, String project, Collection<RepositoryDetails> some) {
        ProjectRef room = directory.project(caller, project, Permission.REPOSITORY_LIST);
        List<Long> ids = ids(room, some);
        return work.call(() -> repositories.lastPushes(ids));
    }

    private static List<Long> ids(ProjectRef room, Collection<RepositoryDetails> some) {
        return some.stream().filter(one -> one.projectId() == room.id()).map(RepositoryDetails::id).toList();
    }

    /** A word that changes when something new is pushed to the project. */
    public String version(Caller caller, String project) {
        ProjectRef room = directory.project(caller, project, Permission.REPOSITORY_LIST);
        return work.call(() -> repositories.projectVersion(room.id()));
    }

    /**
     * A word that changes when something is pushed to the repository, deleted from it, or given another tag.
     *
     * @throws HarborException NOT_FOUND
     */
    public String version(Caller caller, String project, String repository) {
        RepositoryRef found = directory.repository(caller, project, repository, Permission.ARTIFACT_LIST);
        return work.call(() -> repositories.version(found.id()));
    }

    /** @throws HarborException NOT_FOUND */
    public RepositoryDetails get(Caller caller, String project, String repository) {
        return details(directory.repository(caller, project, repository, Permission.REPOSITORY_READ));
    }

    /** What {@link #list} tells of one repository. @throws HarborException NOT_FOUND */
    public RepositoryDetails listed(Caller caller, String project, String repository) {
        return details(directory.repository(caller, project, repository, Permission.REPOSITORY_LIST));
    }

    /** @throws HarborException BAD_REQUEST for more than 16,000 characters, NOT_FOUND */
    public void describe(Caller caller, String project, String repository, String description) {
        RepositoryRef found = directory.repository(caller, project, repository, Permission.REPOSITORY_UPDATE);
        if (description.length() > MAX_DESCRIPTION) {
            throw new HarborException(ErrorCode.BAD_REQUEST, "the description is too long")
                    .because(Reason.DESCRIPTION_TOO_LONG);
        }
        work.run(() -> repositories.describe(found.id(), description));
    }

    /**
     * Deletes the repository with all tags, artifacts, links and uploads in one transaction; the bytes that nothing
     * refers to any more are the collector's. A push that comes later finds no repository and makes a new one.
     *
     * @throws HarborException NOT_FOUND
     */
    public void delete(Caller caller, String project, String repository) {
        RepositoryRef found = directory.repository(caller, project, repository, Permission.REPOSITORY_DELETE);
        // all that is cached of it stands behind its name: the id is never used again
        cache.repositories.doubt(found.name());
        try {
            work.run(() -> {
                if (!repositories.lock(found.id())) {
                    throw RepositoryDirectory.missing(found.name());
                }
                if (events.isWanted(RegistryEvents.ARTIFACT_DELETED, found)) {
                    repositories.contents(found.id()).forEach((digest, tags) ->
                            events.write(RegistryEvents.ARTIFACT_DELETED, found, digest, tags, caller));
                }
                repositories.delete(found.id());
            });
        } finally {
            cache.repositories.settle(found.name());
        }
    }

    /** What {@link #delete} would do. @throws HarborException NOT_FOUND */
    public DeletionPlan planDeletion(Caller caller, String project, String repository) {
        RepositoryRef found = directory.repository(caller, project, repository, Permission.REPOSITORY_DELETE);
        return work.call(() -> planner.planRepository(found.id()));
    }

    private RepositoryDetails details(RepositoryRef found) {
        return work.call(() -> repositories.details(found.id()))
                .orElseThrow(() -> RepositoryDirectory.missing(found.name()));
    }

    private Page<RepositoryDetails> page(Where where, PageRequest page, String q, String sort) {
        Query query = Query.parse(q, RepositoryListDao.KEYS);
        Sort order = Sort.parse(sort, RepositoryListDao.COLUMNS.keySet(), RepositoryListDao.NEWEST_FIRST);
        where.and(query, RepositoryListDao.COLUMNS);
        query.term(RepositoryListDao.BLOB_DIGEST).ifPresent(term -> where.and("EXISTS (SELECT 1 FROM repository_blob l"
                + " JOIN oci_blob b ON b.blob_id = l.blob_id WHERE l.repository_id = r.repository_id"
                + " AND b.state = 'LIVE' AND b.digest = ?)", exact(term)));
        return work.call(() -> repositories.page(where, order, page));
    }

    private static Object exact(Term term) {
        if (term instanceof Term.Exact exact) {
            return exact.value();
        }
        throw new HarborException(ErrorCode.BAD_REQUEST, term.key() + " in the query takes one value");
    }

    /** Every role may list repositories, and everybody those of public projects. */
    static Where visible(Caller caller) {
        Where where = RepositoryListDao.published();
        if (caller.sysadmin()) {
            return where;
        }
        return where.and("EXISTS (SELECT 1 FROM project p WHERE p.project_id = r.project_id AND NOT p.deleted"
                + " AND (p.is_public OR EXISTS (SELECT 1 FROM project_member m WHERE m.project_id = p.project_id"
                + " AND m.user_id = ?)))", caller.userId());
    }
}
