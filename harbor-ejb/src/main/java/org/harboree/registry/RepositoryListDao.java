// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.harboree.listing.Page;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query;
import org.harboree.listing.Sort;

/** Reads of {@code repository} for people: pages with counts. Only published repositories are seen here. */
@Dependent
class RepositoryListDao {
    static final String BLOB_DIGEST = "blob_digest";

    /** Keys of {@code q}; {@code blob_digest} is by which another Harbor looks for something to mount. */
    static final Map<String, Query.Kind> KEYS = Map.of("name", Query.Kind.TEXT, "description", Query.Kind.TEXT,
            "id", Query.Kind.INTEGER, "repository_id", Query.Kind.INTEGER, "project_id", Query.Kind.INTEGER,
            "pull_count", Query.Kind.INTEGER, "creation_time", Query.Kind.TIME, "update_time", Query.Kind.TIME,
            BLOB_DIGEST, Query.Kind.TEXT);

    private static final String LAST_PUSH =
            "(SELECT MAX(p.push_time) FROM artifact p WHERE p.repository_id = r.repository_id)";

    static final Map<String, String> COLUMNS = Map.of("name", "r.name", "description", "r.description",
            "id", "r.repository_id", "repository_id", "r.repository_id", "project_id", "r.project_id",
            "pull_count", "r.pull_count", "creation_time", "r.creation_time", "update_time", "r.update_time",
            "push_time", LAST_PUSH);

    static final Sort NEWEST_FIRST = Sort.by(new Sort.Key("creation_time", true));

    private static final String SELECT = "SELECT r.repository_id, r.project_id, r.name, r.description, r.pull_count, "
            + Sql.micros("r.creation_time") + ", " + Sql.micros("r.update_time") + " FROM repository r";

    @PersistenceContext(unitName = "harbor")
    private EntityManager entities;

    /** Conditions that hold for every list. */
    static Where published() {
        return new Where().and("r.published");
    }

    Page<RepositoryDetails> page(Where where, Sort sort, PageRequest page) {
        long total = count(where);
        List<Tuple> rows = total == 0 ? List.of() : Sql.rows(Sql.bind(entities.createNativeQuery(
                SELECT + where.sql() + Where.orderBy(sort, COLUMNS, "r.repository_id DESC"), Tuple.class),
                where), page);
        Map<Long, Long> counts = artifactCounts(rows.stream().map(row -> Sql.number(row, 0)).toList());
        return new Page<>(rows.stream()
                .map(row -> details(row, counts.getOrDefault(Sql.number(row, 0), 0L))).toList(), total);
    }

    long count(Where where) {
        return Sql.first(Sql.bind(entities.createNativeQuery(
                "SELECT COUNT(*) FROM repository r" + where.sql(), Tuple.class), where))
                .map(row -> Sql.number(row, 0)).orElseThrow();
    }

    /** The published repository of that name. */
    Optional<RepositoryRef> find(String name) {
        return Sql.first(entities.createNativeQuery("SELECT repository_id, project_id FROM repository"
                        + " WHERE name = ? AND published", Tuple.class).setParameter(1, name))
                .map(row -> new RepositoryRef(Sql.number(row, 0), Sql.number(row, 1), name, true));
    }

    Optional<RepositoryDetails> details(long repositoryId) {
        Map<Long, Long> counts = artifactCounts(List.of(repositoryId));
        return Sql.first(entities.createNativeQuery(SELECT + " WHERE r.repository_id = ?", Tuple.class)
                        .setParameter(1, repositoryId))
                .map(row -> details(row, counts.getOrDefault(repositoryId, 0L)));
    }

    /** When something was pushed to each of the repositories last; those that are empty are missing. */
    Map<Long, Instant> lastPushes(Collection<Long> repositoryIds) {
        Where where = new Where().in("r.repository_id", repositoryIds).and(LAST_PUSH + " IS NOT NULL");
        Map<Long, Instant> pushes = new HashMap<>();
        Sql.rows(Sql.bind(entities.createNativeQuery("SELECT r.repository_id, " + Sql.micros(LAST_PUSH)
                        + " FROM repository r" + where.sql(), Tuple.class), where))
                .forEach(row -> pushes.put(Sql.number(row, 0), Sql.time(row, 1)));
        return pushes;
    }

    /** Changes with each push of something new to a repository of the project. */
    String projectVersion(long projectId) {
        return word("SELECT COUNT(*), " + Sql.micros("MAX(" + LAST_PUSH + ")")
                + " FROM repository r WHERE r.project_id = ? AND r.published", projectId);
    }

    /** Changes with each push to the repository, each tag that is moved, and each deletion. */
    String version(long repositoryId) {
        return word("SELECT COUNT(*), MAX(a.artifact_id) FROM artifact a WHERE a.repository_id = ?", repositoryId)
                + "." + word("SELECT COUNT(*), " + Sql.micros("MAX(t.push_time)")
                + " FROM tag t WHERE t.repository_id = ?", repositoryId);
    }

    private String word(String sql, long id) {
        return Sql.first(entities.createNativeQuery(sql, Tuple.class).setParameter(1, id))
                .map(row -> row.get(0) + "." + (row.get(1) == null ? 0 : row.get(1))).orElseThrow();
    }

    /** Those of the projects that are public. */
    Set<Long> publicProjects(Collection<Long> projectIds) {
        Where where = new Where().in("p.project_id", projectIds).and("p.is_public");
        return Sql.rows(Sql.bind(entities.createNativeQuery("SELECT p.project_id FROM project p" + where.sql(),
                Tuple.class), where)).stream().map(row -> Sql.number(row, 0)).collect(Collectors.toSet());
    }

    /** Number of published repositories by project; projects without one are missing. */
    Map<Long, Long> countsByProject(Collection<Long> projectIds) {
        Where where = published().in("r.project_id", projectIds);
        return pairs(Sql.bind(entities.createNativeQuery("SELECT r.project_id, COUNT(*) FROM repository r"
                + where.sql() + " GROUP BY r.project_id", Tuple.class), where));
    }

    void describe(long repositoryId, String description) {
        entities.createNativeQuery("UPDATE repository SET description = ?, update_time = UTC_TIMESTAMP(6)"
                        + " WHERE repository_id = ?")
                .setParameter(1, description)
                .setParameter(2, repositoryId)
                .executeUpdate();
    }

    /** The row, locked until the transaction ends: nothing can be put into the repository meanwhile. */
    boolean lock(long repositoryId) {
        return Sql.first(entities.createNativeQuery(
                        "SELECT repository_id FROM repository WHERE repository_id = ? FOR UPDATE", Tuple.class)
                .setParameter(1, repositoryId)).isPresent();
    }

    /** The digests of all artifacts, each with its tags, the oldest first. */
    @SuppressWarnings("unchecked")
    Map<String, List<String>> contents(long repositoryId) {
        Map<String, List<String>> contents = new LinkedHashMap<>();
        for (Tuple row : (List<Tuple>) entities.createNativeQuery("SELECT a.digest, t.name FROM artifact a"
                        + " LEFT JOIN tag t ON t.artifact_id = a.artifact_id WHERE a.repository_id = ?"
                        + " ORDER BY a.artifact_id, t.name", Tuple.class)
                .setParameter(1, repositoryId).getResultList()) {
            List<String> tags = contents.computeIfAbsent(Sql.text(row, 0), digest -> new ArrayList<>());
            Optional.ofNullable(row.get(1, String.class)).ifPresent(tags::add);
        }
        return contents;
    }

    /** Tags, artifacts and the repository itself; what hangs on them goes by foreign key. */
    void delete(long repositoryId) {
        for (String statement : List.of(
                "DELETE FROM tag WHERE repository_id = ?",
                "DELETE c FROM artifact_child c JOIN artifact a ON a.artifact_id = c.parent_id"
                        + " WHERE a.repository_id = ?",
                "DELETE FROM artifact WHERE repository_id = ?",
                "DELETE FROM repository WHERE repository_id = ?")) {
            entities.createNativeQuery(statement).setParameter(1, repositoryId).executeUpdate();
        }
    }

    /** Bytes by repository: blobs that it has a link to, and its manifests. */
    Map<Long, Long> bytes(Collection<Long> repositoryIds) {
        Where links = new Where().in("l.repository_id", repositoryIds).and("b.state = 'LIVE'");
        Map<Long, Long> bytes = pairs(Sql.bind(entities.createNativeQuery("SELECT l.repository_id, SUM(b.size)"
                + " FROM repository_blob l JOIN oci_blob b ON b.blob_id = l.blob_id" + links.sql()
                + " GROUP BY l.repository_id", Tuple.class), links));
        Where manifests = new Where().in("a.repository_id", repositoryIds);
        pairs(Sql.bind(entities.createNativeQuery("SELECT a.repository_id, SUM(a.manifest_size) FROM artifact a"
                + manifests.sql() + " GROUP BY a.repository_id", Tuple.class), manifests))
                .forEach((id, size) -> bytes.merge(id, size, Long::sum));
        return bytes;
    }

    private Map<Long, Long> artifactCounts(Collection<Long> repositoryIds) {
        Where where = new Where().in("a.repository_id", repositoryIds).and(ArtifactListDao.LISTED);
        return pairs(Sql.bind(entities.createNativeQuery("SELECT a.repository_id, COUNT(*) FROM artifact a"
                + where.sql() + " GROUP BY a.repository_id", Tuple.class), where));
    }

    private static Map<Long, Long> pairs(jakarta.persistence.Query query) {
        Map<Long, Long> pairs = new HashMap<>();
        Sql.rows(query).forEach(row -> pairs.put(Sql.number(row, 0), Sql.number(row, 1)));
        return pairs;
    }

    private static RepositoryDetails details(Tuple row, long artifacts) {
        return new RepositoryDetails(Sql.number(row, 0), Sql.number(row, 1), Sql.text(row, 2),
                Sql.optionalText(row, 3).orElse(""), artifacts, Sql.number(row, 4), Sql.time(row, 5), Sql.time(row, 6));
    }
}
