// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query;
import org.harboree.listing.Sort;

/** Reads of {@code artifact} for people, and of what hangs on the artifacts of one page. */
@Dependent
class ArtifactListDao {
    /** Accessories are shown with their subjects, never in a list of their own. */
    static final String NO_ACCESSORY = "a.subject_digest IS NULL";

    /** What a list shows unless it is asked for everything: no children of an index without a tag, no accessories. */
    static final String LISTED = NO_ACCESSORY + " AND (EXISTS (SELECT 1 FROM tag t WHERE t.artifact_id = a.artifact_id)"
            + " OR NOT EXISTS (SELECT 1 FROM artifact_child c WHERE c.child_id = a.artifact_id))";

    static final String TAGS = "tags";
    static final String BASE = "base";
    static final String LABELS = "labels";

    /** Keys of {@code q}. */
    static final Map<String, Query.Kind> KEYS = Map.ofEntries(Map.entry(TAGS, Query.Kind.TEXT),
            Map.entry(BASE, Query.Kind.TEXT), Map.entry(LABELS, Query.Kind.INTEGER),
            Map.entry("id", Query.Kind.INTEGER), Map.entry("type", Query.Kind.TEXT),
            Map.entry("media_type", Query.Kind.TEXT), Map.entry("artifact_type", Query.Kind.TEXT),
            Map.entry("digest", Query.Kind.TEXT), Map.entry("size", Query.Kind.INTEGER),
            Map.entry("push_time", Query.Kind.TIME), Map.entry("pull_time", Query.Kind.TIME));

    static final Map<String, String> COLUMNS = Map.of("id", "a.artifact_id", "type", "a.type",
            "media_type", "a.artifact_type", "artifact_type", "a.artifact_type", "digest", "a.digest",
            "size", "a.size", "push_time", "a.push_time", "pull_time", "a.pull_time");

    static final Sort NEWEST_FIRST = Sort.by(new Sort.Key("push_time", true));

    private static final String SELECT = "SELECT a.artifact_id, a.digest, a.type, a.media_type, a.artifact_type,"
            + " a.size, " + Sql.micros("a.push_time") + ", " + Sql.micros("a.pull_time")
            + ", a.extra_attrs, a.annotations, a.manifest_size,"
            + " COALESCE((SELECT p.pull_count FROM artifact_pull p WHERE p.artifact_id = a.artifact_id), 0)"
            + " FROM artifact a";

    /** An artifact's row, by the name of its columns. */
    record Row(long id, String digest, String type, String mediaType, Optional<String> artifactType, Tuple columns) {
        long manifestSize() {
            return Sql.number(columns, 10);
        }

        long pullCount() {
            return Sql.number(columns, 11);
        }
    }

    /** A referrer as it is shown with its subject: without annotations and attributes, which may be some MiB. */
    record Referrer(long id, String digest, String subjectDigest, Optional<String> artifactType, long size,
            Instant pushTime) {}

    /** A push, with the full name of its repository. */
    record Pushed(long id, String repository, String digest, long size, Instant pushTime) {}

    @PersistenceContext(unitName = "harbor")
    private EntityManager entities;

    long count(Where where) {
        return Sql.first(Sql.bind(entities.createNativeQuery(
                "SELECT COUNT(*) FROM artifact a" + where.sql(), Tuple.class), where))
                .map(row -> Sql.number(row, 0)).orElseThrow();
    }

    List<Row> page(Where where, Sort sort, PageRequest page) {
        String sql = SELECT + where.sql() + Where.orderBy(sort, COLUMNS, "a.artifact_id DESC");
        return Sql.rows(Sql.bind(entities.createNativeQuery(sql, Tuple.class), where), page).stream()
                .map(ArtifactListDao::row).toList();
    }

    /** What was pushed to the project's repositories last, newest first. */
    List<Pushed> newest(long projectId, int limit) {
        jakarta.persistence.Query query = entities.createNativeQuery("SELECT a.artifact_id, r.name, a.digest, a.size, "
                + Sql.micros("a.push_time") + " FROM repository r JOIN artifact a"
                + " ON a.repository_id = r.repository_id WHERE r.published AND r.project_id = ? AND " + LISTED
                + " ORDER BY a.push_time DESC, a.artifact_id DESC", Tuple.class);
        return Sql.rows(query.setParameter(1, projectId).setMaxResults(limit)).stream()
                .map(row -> new Pushed(Sql.number(row, 0), Sql.text(row, 1), Sql.text(row, 2), Sql.number(row, 3),
                        Sql.time(row, 4))).toList();
    }

    Optional<Row> find(long repositoryId, String digest) {
        Where where = new Where().and("a.repository_id = ?", repositoryId).and("a.digest = ?", digest);
        return Sql.first(Sql.bind(entities.createNativeQuery(SELECT + where.sql(), Tuple.class), where))
                .map(ArtifactListDao::row);
    }

    /** How many other artifacts of the project have each of the artifact's blobs, by digest. */
    Map<String, Long> sharing(long projectId, long artifactId) {
        Map<String, Long> others = new HashMap<>();
        Sql.rows(entities.createNativeQuery("SELECT b.digest, COUNT(*) FROM artifact_blob own"
                                + " JOIN oci_blob b ON b.blob_id = own.blob_id"
                                + " JOIN artifact_blob l ON l.blob_id = own.blob_id AND l.artifact_id <> own.artifact_id"
                                + " JOIN artifact a ON a.artifact_id = l.artifact_id"
                                + " JOIN repository r ON r.repository_id = a.repository_id"
                                + " WHERE own.artifact_id = ? AND r.project_id = ? GROUP BY b.digest", Tuple.class)
                        .setParameter(1, artifactId)
                        .setParameter(2, projectId))
                .forEach(row -> others.put(Sql.text(row, 0), Sql.number(row, 1)));
        return others;
    }

    /** The digest of the artifact's config, empty if it has none. */
    Optional<String> configDigest(long artifactId) {
        return Sql.first(entities.createNativeQuery(
                        "SELECT config_digest FROM artifact WHERE artifact_id = ?", Tuple.class)
                .setParameter(1, artifactId)).flatMap(row -> Sql.optionalText(row, 0));
    }

    /** Manifests by artifact id. */
    Map<Long, byte[]> contents(Collection<Long> artifactIds) {
        Where where = new Where().in("artifact_id", artifactIds);
        Map<Long, byte[]> contents = new HashMap<>();
        Sql.rows(Sql.bind(entities.createNativeQuery(
                        "SELECT artifact_id, content FROM artifact_content" + where.sql(), Tuple.class), where))
                .forEach(row -> contents.put(Sql.number(row, 0), (byte[]) row.get(1)));
        return contents;
    }

    /** Entries of the indexes in their order: parent, child or null, digest. */
    List<Tuple> children(Collection<Long> parentIds) {
        Where where = new Where().in("parent_id", parentIds);
        return Sql.rows(Sql.bind(entities.createNativeQuery("SELECT parent_id, child_id, child_digest"
                + " FROM artifact_child" + where.sql() + " ORDER BY parent_id, position", Tuple.class), where));
    }

    /** Artifacts of the repository whose subject is one of these, oldest first. */
    List<Referrer> referrers(long repositoryId, Collection<String> subjects) {
        return referrers(referrersOf(repositoryId, subjects), "a.artifact_id", PageRequest.everything());
    }

    /** A page of the artifacts whose subject is this one, newest first. */
    List<Referrer> referrers(long repositoryId, String subject, PageRequest page) {
        return referrers(referrersOf(repositoryId, List.of(subject)), "a.push_time DESC, a.artifact_id DESC", page);
    }

    private List<Referrer> referrers(Where where, String order, PageRequest page) {
        String sql = "SELECT a.artifact_id, a.digest, a.subject_digest, a.artifact_type, a.size, "
                + Sql.micros("a.push_time") + " FROM artifact a" + where.sql() + " ORDER BY " + order;
        return Sql.rows(Sql.bind(entities.createNativeQuery(sql, Tuple.class), where), page).stream()
                .map(row -> new Referrer(Sql.number(row, 0), Sql.text(row, 1), Sql.text(row, 2),
                        Sql.optionalText(row, 3), Sql.number(row, 4), Sql.time(row, 5)))
                .toList();
    }

    static Where referrersOf(long repositoryId, Collection<String> subjects) {
        return new Where().and("a.repository_id = ?", repositoryId).in("a.subject_digest", subjects);
    }

    private static Row row(Tuple columns) {
        return new Row(Sql.number(columns, 0), Sql.text(columns, 1), Sql.text(columns, 2), Sql.text(columns, 3),
                Sql.optionalText(columns, 4), columns);
    }
}
