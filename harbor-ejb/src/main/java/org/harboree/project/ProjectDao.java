// SPDX-License-Identifier: Apache-2.0
package org.harboree.project;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.error.Reason;
import org.harboree.listing.Page;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query.Kind;
import org.harboree.listing.Sort;
import org.harboree.transaction.Constraints;
import org.harboree.transaction.Jdbc;
import org.harboree.transaction.ListQuery;
import org.harboree.transaction.ListQuery.Column;

/** The tables {@code project} and {@code project_metadata}. "Live" is what was not deleted. */
@Dependent
public class ProjectDao {
    /** What a list of projects can be filtered and sorted by. */
    static final Map<String, Column> COLUMNS = Map.of(
            "project_id", new Column("p.id", Kind.INTEGER),
            "name", new Column("p.name", Kind.TEXT),
            "owner_id", new Column("p.ownerId", Kind.INTEGER),
            "owner", new Column("u.username", Kind.TEXT),
            "public", new Column("p.isPublic", Kind.FLAG),
            "creation_time", new Column("p.creationTime", Kind.TIME),
            "update_time", new Column("p.updateTime", Kind.TIME));

    private static final String MEMBER =
            "exists (select m.id from ProjectMember m where m.projectId = p.id and m.userId = :user)";
    private static final String LIVE = "select p from Project p where p.deleted = false";

    @PersistenceContext(unitName = "harbor")
    private EntityManager entities;

    /** For the container. */
    public ProjectDao() {
    }

    /** Works with an entity manager that is not the container's. */
    public ProjectDao(EntityManager entities) {
        this.entities = entities;
    }

    Optional<Project> find(long id) {
        return entities.createQuery(LIVE + " and p.id = :id", Project.class).setParameter("id", id)
                .getResultStream().findFirst();
    }

    Optional<Project> find(String name) {
        return entities.createQuery(LIVE + " and p.name = :name", Project.class).setParameter("name", name)
                .getResultStream().findFirst();
    }

    /** The live row, locked against everybody until the transaction ends. */
    Optional<Project> lock(long id) {
        return entities.createQuery(LIVE + " and p.id = :id", Project.class).setParameter("id", id)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE).getResultStream().findFirst();
    }

    /**
     * Locks the live row against deletion until the transaction ends; any number may hold it so.
     *
     * @return false if there is no live row
     */
    boolean hold(long id) {
        return Jdbc.exists(entities, "SELECT project_id FROM project WHERE project_id = ? AND NOT deleted"
                + " LOCK IN SHARE MODE", id);
    }

    /** The public ones and those of the user. */
    Page<Project> listVisible(long userId, ProjectFilter filter, Sort sort, PageRequest page) {
        return list(filter, sort, page, query -> query.where("(p.isPublic = true or " + MEMBER + ")", "user", userId));
    }

    /** Those that the user is a member of. */
    Page<Project> listOwn(long userId, ProjectFilter filter, Sort sort, PageRequest page) {
        return list(filter, sort, page, query -> query.where(MEMBER, "user", userId));
    }

    Page<Project> listAll(ProjectFilter filter, Sort sort, PageRequest page) {
        return list(filter, sort, page, query -> query);
    }

    private Page<Project> list(ProjectFilter filter, Sort sort, PageRequest page,
            UnaryOperator<ListQuery<Project>> visibility) {
        ListQuery<Project> query = new ListQuery<Project>("Project p join User u on u.id = p.ownerId", COLUMNS)
                .where("p.deleted = false").where(filter.query());
        filter.name().ifPresent(part -> query.whereContains("name", part));
        filter.owner().ifPresent(owner -> query.where("u.username = :owner", "owner", owner));
        filter.isPublic().ifPresent(isPublic -> query.where("p.isPublic = :public", "public", isPublic));
        return visibility.apply(query).read(entities, "p", Project.class, sort, "p.id", page);
    }

    /** Whether there is or ever was a project. */
    boolean hasAny() {
        return entities.createQuery("select count(p) from Project p", Long.class).getSingleResult() > 0;
    }

    /** @throws HarborException CONFLICT if the name is in use */
    void insert(Project project) {
        try {
            entities.persist(project);
            entities.flush();
        } catch (PersistenceException e) {
            throw Constraints.refused(e, () -> new HarborException(ErrorCode.CONFLICT,
                    "The project named " + project.name() + " already exists").because(Reason.PROJECT_TAKEN));
        }
    }

    List<ProjectMetadata> metadata(Collection<Long> projectIds) {
        return entities.createQuery("select m from ProjectMetadata m where m.projectId in :ids order by m.name",
                ProjectMetadata.class).setParameter("ids", projectIds).getResultList();
    }

    Optional<ProjectMetadata> metadata(long projectId, String name) {
        return entities.createQuery("select m from ProjectMetadata m where m.projectId = :id and m.name = :name",
                ProjectMetadata.class).setParameter("id", projectId).setParameter("name", name)
                .getResultStream().findFirst();
    }

    void insert(ProjectMetadata metadata) {
        entities.persist(metadata);
    }

    void delete(ProjectMetadata metadata) {
        entities.remove(metadata);
    }

    /** Names of live users by id. */
    Map<Long, String> userNames(Collection<Long> ids) {
        Map<Long, String> names = new HashMap<>();
        entities.createQuery("select u.id, u.username from User u where u.deleted = false and u.id in :ids",
                Object[].class).setParameter("ids", ids).getResultList()
                .forEach(row -> names.put((Long) row[0], (String) row[1]));
        return names;
    }
}
