// SPDX-License-Identifier: Apache-2.0
package org.harboree.project;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.harboree.access.Caller;
import org.harboree.access.ProjectRef;
import org.harboree.access.Role;
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

/** The table {@code project_member}; members whose account was deleted are not there any more. */
@Dependent
public class ProjectMemberDao {
    private static final String MEMBER =
            "new org.harboree.project.Member(m.id, m.projectId, m.userId, u.username, m.roleId)";
    private static final String MEMBERS = "ProjectMember m join User u on u.id = m.userId";
    private static final String LIVE = "u.deleted = false and m.projectId = :project";
    // A user has at most one role in a project (uk_project_member).
    private static final String STANDING = "SELECT p.project_id, p.is_public, u.user_id, u.username, u.sysadmin_flag,"
            + " m.role FROM project p LEFT JOIN harbor_user u ON u.user_id = ? AND NOT u.deleted"
            + " LEFT JOIN project_member m ON m.project_id = p.project_id AND m.user_id = u.user_id"
            + " WHERE p.name = ? AND NOT p.deleted";
    private static final Map<String, Column> COLUMNS = Map.of("username", new Column("u.username", Kind.TEXT));
    private static final Sort BY_NAME = Sort.by(new Sort.Key("username", false));

    @PersistenceContext(unitName = "harbor")
    private EntityManager entities;

    /** For the container. */
    public ProjectMemberDao() {
    }

    /** Works with an entity manager that is not the container's. */
    public ProjectMemberDao(EntityManager entities) {
        this.entities = entities;
    }

    Set<Role> roles(long userId, long projectId) {
        return roles(userId, List.of(projectId)).getOrDefault(projectId, Set.of());
    }

    /** The user's roles by project id; projects without one are missing. */
    Map<Long, Set<Role>> roles(long userId, Collection<Long> projectIds) {
        Map<Long, Set<Role>> roles = new HashMap<>();
        entities.createQuery("select m.projectId, m.roleId from ProjectMember m join User u on u.id = m.userId"
                + " where u.deleted = false and m.userId = :user and m.projectId in :projects", Object[].class)
                .setParameter("user", userId).setParameter("projects", projectIds).getResultList()
                .forEach(row -> Role.of((Integer) row[1]).ifPresent(role -> roles
                        .computeIfAbsent((Long) row[0], id -> EnumSet.noneOf(Role.class)).add(role)));
        return roles;
    }

    /** The live project of that name with the user in it, in one query: each push asks for it. */
    Optional<Standing> standing(String project, long userId) {
        return standing(STANDING, project, userId);
    }

    /** The same, with the rows locked shared until the transaction ends. */
    Optional<Standing> heldStanding(String project, long userId) {
        return standing(STANDING + " LOCK IN SHARE MODE", project, userId);
    }

    private Optional<Standing> standing(String query, String project, long userId) {
        return Jdbc.first(entities, query, row -> {
            long user = row.getLong(3);
            Set<Role> roles = EnumSet.noneOf(Role.class);
            Role.of(row.getInt(6)).ifPresent(roles::add);
            return new Standing(new ProjectRef(row.getLong(1), project, row.getBoolean(2)), user == 0 ? Optional.empty()
                    : Optional.of(new Caller(Caller.Kind.USER, user, row.getString(4), row.getBoolean(5))), roles);
        }, userId, project);
    }

    Optional<Member> find(long projectId, long memberId) {
        return entities.createQuery("select " + MEMBER + " from " + MEMBERS + " where " + LIVE + " and m.id = :id",
                Member.class).setParameter("project", projectId).setParameter("id", memberId)
                .getResultStream().findFirst();
    }

    /** @param namePart what the user name contains; empty for all */
    Page<Member> list(long projectId, String namePart, PageRequest page) {
        ListQuery<Member> query = new ListQuery<Member>(MEMBERS, COLUMNS).where(LIVE, "project", projectId);
        if (!namePart.isEmpty()) {
            query.whereContains("username", namePart);
        }
        return query.read(entities, MEMBER, Member.class, BY_NAME, "m.id", page);
    }

    Optional<ProjectMember> findRow(long projectId, long memberId) {
        return entities.createQuery("select m from ProjectMember m where m.projectId = :project and m.id = :id",
                ProjectMember.class).setParameter("project", projectId).setParameter("id", memberId)
                .getResultStream().findFirst();
    }

    Map<Role, Long> counts(long projectId) {
        Map<Role, Long> counts = new EnumMap<>(Role.class);
        entities.createQuery("select m.roleId, count(m) from ProjectMember m join User u on u.id = m.userId"
                + " where u.deleted = false and m.projectId = :project group by m.roleId", Object[].class)
                .setParameter("project", projectId).getResultList()
                .forEach(row -> Role.of((Integer) row[0]).ifPresent(role -> counts.put(role, (Long) row[1])));
        return counts;
    }

    UserProjects projectsOf(long userId) {
        return new UserProjects(
                count("select count(distinct m.projectId) from ProjectMember m where m.userId = :user", userId),
                count("select count(p) from Project p where p.deleted = false and p.ownerId = :user", userId));
    }

    private long count(String query, long userId) {
        return entities.createQuery(query, Long.class).setParameter("user", userId).getSingleResult();
    }

    /** @return the new id. @throws HarborException CONFLICT if the user is a member already */
    long insert(ProjectMember member) {
        try {
            entities.persist(member);
            entities.flush();
            return member.id();
        } catch (PersistenceException e) {
            throw Constraints.refused(e, () -> new HarborException(ErrorCode.CONFLICT,
                    "the user is a member of the project already").because(Reason.MEMBER_ALREADY));
        }
    }

    void delete(ProjectMember member) {
        entities.remove(member);
    }

    void deleteAll(long projectId) {
        entities.createQuery("delete from ProjectMember m where m.projectId = :project")
                .setParameter("project", projectId).executeUpdate();
    }
}
