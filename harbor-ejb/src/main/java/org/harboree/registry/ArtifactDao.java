// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.harboree.oci.Descriptor;
import org.harboree.oci.Digest;
import org.harboree.oci.Manifest;
import org.harboree.registry.PullCache.InRepository;
import org.harboree.transaction.Jdbc;

/** Rows of {@code artifact} with their content and references, as the distribution API needs them. */
@Dependent
class ArtifactDao {
    private static final String INSERT = "INSERT INTO artifact (repository_id, digest, type, media_type, artifact_type,"
            + " config_digest, size, manifest_size, subject_digest, annotations, extra_attrs, push_time) VALUES";
    private static final String INSERT_ROW = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6))";

    @PersistenceContext(unitName = "harbor")
    private EntityManager entities;

    /** An artifact's row as an index sees its child: {@code size} is the length of its manifest in bytes. */
    record Child(long artifactId, long size, String mediaType) {}

    Optional<StoredManifest> findContent(long repositoryId, String digest) {
        return Jdbc.first(entities, "SELECT a.artifact_id, a.media_type, c.content FROM artifact a"
                + " JOIN artifact_content c ON c.artifact_id = a.artifact_id WHERE a.repository_id = ? AND a.digest = ?",
                row -> new StoredManifest(row.getLong(1), digest, row.getString(2), row.getBytes(3)),
                repositoryId, digest);
    }

    Optional<Long> find(long repositoryId, Digest digest) {
        return Jdbc.first(entities, "SELECT artifact_id FROM artifact WHERE repository_id = ? AND digest = ?",
                row -> row.getLong(1), repositoryId, digest.toString());
    }

    /** Ids of those among these that are there. */
    Map<InRepository, Long> findAll(Collection<InRepository> keys) {
        Map<InRepository, Long> found = new HashMap<>();
        if (keys.isEmpty()) {
            return found;
        }
        List<InRepository> asked = Jdbc.padded(keys);
        Jdbc.list(entities, "SELECT repository_id, digest, artifact_id FROM artifact WHERE "
                + Sql.pairs("repository_id", "digest", asked.size()),
                row -> found.put(PullCache.key(row.getLong(1), row.getString(2)), row.getLong(3)),
                asked.stream().flatMap(key -> Stream.of(key.repositoryId(), key.name())).toArray());
        return found;
    }

    /** The same, with the row locked until the transaction ends. */
    Optional<Long> lock(long repositoryId, Digest digest) {
        return Jdbc.first(entities, "SELECT artifact_id FROM artifact WHERE repository_id = ? AND digest = ?"
                + " FOR UPDATE", row -> row.getLong(1), repositoryId, digest.toString());
    }

    /** Artifacts of this repository among these digests, locked shared in the order of their digests. */
    Map<Digest, Child> lockChildren(long repositoryId, Collection<Digest> digests) {
        Map<Digest, Child> children = new HashMap<>();
        if (digests.isEmpty()) {
            return children;
        }
        Jdbc.list(entities, "SELECT digest, artifact_id, manifest_size, media_type FROM artifact"
                + " WHERE repository_id = ? AND digest IN (" + Sql.placeholders(digests.size())
                + ") ORDER BY digest LOCK IN SHARE MODE",
                row -> children.put(Digest.parse(row.getString(1)),
                        new Child(row.getLong(2), row.getLong(3), row.getString(4))),
                Stream.concat(Stream.of(repositoryId), digests.stream().map(Digest::toString)).toArray());
        return children;
    }

    /** What an artifact's row is made of. */
    record Row(long repositoryId, Manifest manifest, ArtifactFacts facts) {
        private InRepository key() {
            return PullCache.key(repositoryId, manifest.digest());
        }

        private Object[] values() {
            return new Object[] {repositoryId, manifest.digest().toString(), facts.type(), manifest.mediaType(),
                manifest.artifactType().orElse(null),
                manifest.config().map(config -> config.digest().toString()).orElse(null), manifest.totalSize(),
                manifest.content().length, manifest.subject().map(subject -> subject.digest().toString()).orElse(null),
                facts.annotationsJson(), facts.extraAttributesJson()};
        }
    }

    /**
     * Inserts the artifacts' rows; where another push of the same bytes is faster, the unit of work runs again.
     *
     * @return their ids
     */
    Map<InRepository, Long> insertAll(List<Row> rows) {
        List<Long> keys = Jdbc.insertAllWithKeys(entities, INSERT, INSERT_ROW, "",
                rows.stream().map(Row::values).toList()).orElseThrow();
        Map<InRepository, Long> ids = new HashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            ids.put(rows.get(i).key(), keys.get(i));
        }
        return ids;
    }

    /** @param contents by the ids of their artifacts */
    void insertContents(Map<Long, byte[]> contents) {
        Jdbc.insertAll(entities, "INSERT INTO artifact_content (artifact_id, content) VALUES", "(?, ?)", "",
                contents.entrySet().stream().sorted(Map.Entry.comparingByKey())
                        .map(content -> new Object[] {content.getKey(), content.getValue()}).toList());
    }

    /** An artifact needs a blob. */
    record Use(long artifactId, long blobId) {}

    void insertBlobs(Collection<Use> uses) {
        Jdbc.insertAll(entities, "INSERT INTO artifact_blob (artifact_id, blob_id) VALUES", "(?, ?)", "",
                uses.stream().sorted(Comparator.comparingLong(Use::artifactId).thenComparingLong(Use::blobId))
                        .map(use -> new Object[] {use.artifactId(), use.blobId()}).toList());
    }

    void insertMissingBlobs(long artifactId, Collection<Digest> digests) {
        for (Digest digest : digests) {
            Jdbc.update(entities, "INSERT INTO artifact_missing_blob (artifact_id, digest) VALUES (?, ?)", artifactId,
                    digest.toString());
        }
    }

    void insertChildren(long artifactId, List<Descriptor> entries, Map<Digest, Child> present) {
        for (int i = 0; i < entries.size(); i++) {
            Digest digest = entries.get(i).digest();
            Jdbc.update(entities, "INSERT INTO artifact_child (parent_id, position, child_id, child_digest)"
                    + " VALUES (?, ?, ?, ?)", artifactId, i,
                    present.containsKey(digest) ? present.get(digest).artifactId() : null, digest.toString());
        }
    }

    /** Makes the size of an index what Harbor says it is: its own bytes and the sizes of its children. */
    void weighIndex(long artifactId, Collection<Long> children) {
        if (!children.isEmpty()) {
            Jdbc.update(entities, "UPDATE artifact i JOIN (SELECT SUM(c.size) AS total FROM artifact c"
                    + " WHERE c.artifact_id IN (" + Sql.placeholders(children.size())
                    + ")) s SET i.size = i.manifest_size + s.total WHERE i.artifact_id = ?",
                    Stream.concat(children.stream(), Stream.of(artifactId)).toArray());
        }
    }

    /**
     * Children that sparse indexes were pushed without have come: their parents know them from now on. Waits for
     * parents that are being pushed at this moment; the index is named, for a scan of the table would wait for all
     * others, too.
     *
     * @param come the children
     * @param ids of these, at least
     */
    void adopt(Collection<InRepository> come, Map<InRepository, Long> ids) {
        List<String> digests = Jdbc.padded(come.stream().map(InRepository::name).distinct().toList());
        record Waiting(long parentId, String digest) {}
        List<Waiting> waiting = Jdbc.list(entities, "SELECT parent_id, child_digest FROM artifact_child"
                + " FORCE INDEX (ix_artifact_child_digest) WHERE child_digest IN ("
                + Sql.placeholders(digests.size()) + ") AND child_id IS NULL FOR UPDATE",
                row -> new Waiting(row.getLong(1), row.getString(2)), digests.toArray());
        for (Waiting found : waiting) {
            InRepository child = PullCache.key(Sql.repositoryOf(entities, found.parentId()), found.digest());
            if (come.contains(child)) {
                Jdbc.update(entities, "UPDATE artifact_child SET child_id = ? WHERE parent_id = ? AND child_digest = ?",
                        ids.get(child), found.parentId(), found.digest());
            }
        }
    }

    /** Digests of the entries of an index that are in its repository. */
    List<Digest> presentChildren(long parentId) {
        return Jdbc.list(entities, "SELECT DISTINCT child_digest FROM artifact_child"
                + " WHERE parent_id = ? AND child_id IS NOT NULL ORDER BY child_digest",
                row -> Digest.parse(row.getString(1)), parentId);
    }

    /** What was read of the artifact when it was pushed. */
    ArtifactFacts facts(long artifactId) {
        return Jdbc.first(entities, "SELECT type, annotations, extra_attrs FROM artifact WHERE artifact_id = ?",
                row -> new ArtifactFacts(row.getString(1), row.getString(2), row.getString(3)), artifactId)
                .orElseThrow();
    }

    boolean isChild(long artifactId) {
        return Jdbc.exists(entities, "SELECT 1 FROM artifact_child WHERE child_id = ? LIMIT 1", artifactId);
    }

    void delete(long artifactId) {
        Jdbc.update(entities, "DELETE FROM artifact WHERE artifact_id = ?", artifactId);
    }

    /** Referrers of a subject after an artifact id, oldest first: id, and what a descriptor shows. */
    List<Tuple> referrers(long repositoryId, Digest subject, Optional<String> artifactType, long after, int limit) {
        return referrers("artifact_id, digest, media_type, manifest_size, artifact_type, annotations",
                repositoryId, subject, artifactType, after, limit);
    }

    /** Bytes of the annotations of the same rows: asked before they are read, because they may be some MiB each. */
    List<Long> referrerBytes(
            long repositoryId, Digest subject, Optional<String> artifactType, long after, int limit) {
        return referrers("COALESCE(OCTET_LENGTH(annotations), 0)", repositoryId, subject, artifactType, after, limit)
                .stream().map(row -> Sql.number(row, 0)).toList();
    }

    /** Ids and digests of referrers of whatever type, in the same order. */
    List<Tuple> referrerDigests(long repositoryId, Digest subject, long after, int limit) {
        return referrers("artifact_id, digest", repositoryId, subject, Optional.empty(), after, limit);
    }

    @SuppressWarnings("unchecked")
    private List<Tuple> referrers(String columns, long repositoryId, Digest subject, Optional<String> artifactType,
            long after, int limit) {
        Query query = entities.createNativeQuery("SELECT " + columns
                + " FROM artifact WHERE repository_id = ? AND subject_digest = ? AND artifact_id > ?"
                + (artifactType.isPresent() ? " AND artifact_type = ?" : "") + " ORDER BY artifact_id", Tuple.class);
        query.setParameter(1, repositoryId).setParameter(2, subject.toString()).setParameter(3, after);
        artifactType.ifPresent(type -> query.setParameter(4, type));
        return query.setMaxResults(limit).getResultList();
    }
}
