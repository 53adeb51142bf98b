// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.harboree.oci.Descriptor;
import org.harboree.oci.Digest;
import org.harboree.oci.Manifest;
import org.hibernate.Session;

/** Rows of {@code artifact} with their content and references, as the distribution API needs them. */
@ApplicationScoped
class ArtifactDao {
    private static final String INSERT = "INSERT INTO artifact (repository_id, digest, type, media_type, artifact_type,"
            + " config_digest, size, manifest_size, subject_digest, annotations, extra_attrs, push_time)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6))";

    @PersistenceContext(unitName = "harbor")
    private EntityManager entities;

    /** An artifact's row as an index sees its child: {@code size} is the length of its manifest in bytes. */
    record Child(long artifactId, long size, String mediaType) {}

    Optional<StoredManifest> findContent(long repositoryId, String digest) {
        return Sql.first(entities.createNativeQuery("SELECT a.artifact_id, a.media_type, c.content FROM artifact a"
                                + " JOIN artifact_content c ON c.artifact_id = a.artifact_id"
                                + " WHERE a.repository_id = ? AND a.digest = ?", Tuple.class)
                        .setParameter(1, repositoryId)
                        .setParameter(2, digest))
                .map(row -> new StoredManifest(Sql.number(row, 0), digest, Sql.text(row, 1), (byte[]) row.get(2)));
    }

    Optional<Long> find(long repositoryId, Digest digest) {
        return Sql.first(entities.createNativeQuery(
                                "SELECT artifact_id FROM artifact WHERE repository_id = ? AND digest = ?", Tuple.class)
                        .setParameter(1, repositoryId)
                        .setParameter(2, digest.toString()))
                .map(row -> Sql.number(row, 0));
    }

    /** The same, with the row locked until the transaction ends. */
    Optional<Long> lock(long repositoryId, Digest digest) {
        return Sql.first(entities.createNativeQuery("SELECT artifact_id FROM artifact"
                                + " WHERE repository_id = ? AND digest = ? FOR UPDATE", Tuple.class)
                        .setParameter(1, repositoryId)
                        .setParameter(2, digest.toString()))
                .map(row -> Sql.number(row, 0));
    }

    /** Artifacts of this repository among these digests, locked shared in the order of their digests. */
    @SuppressWarnings("unchecked")
    Map<Digest, Child> lockChildren(long repositoryId, Collection<Digest> digests) {
        Map<Digest, Child> children = new HashMap<>();
        if (digests.isEmpty()) {
            return children;
        }
        Query query = entities.createNativeQuery("SELECT digest, artifact_id, manifest_size, media_type FROM artifact"
                + " WHERE repository_id = ? AND digest IN (" + Sql.placeholders(digests.size())
                + ") ORDER BY digest LOCK IN SHARE MODE", Tuple.class);
        query.setParameter(1, repositoryId);
        int position = 2;
        for (Digest digest : digests) {
            query.setParameter(position++, digest.toString());
        }
        for (Tuple row : (List<Tuple>) query.getResultList()) {
            children.put(Digest.parse(Sql.text(row, 0)), new Child(Sql.number(row, 1), Sql.number(row, 2), Sql.text(row, 3)));
        }
        return children;
    }

    /** Inserts the artifact's row; where another push of the same bytes is faster, the unit of work runs again. */
    long insert(long repositoryId, Manifest manifest, ArtifactFacts facts) {
        return entities.unwrap(Session.class).doReturningWork(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(INSERT, Statement.RETURN_GENERATED_KEYS)) {
                insert.setLong(1, repositoryId);
                insert.setString(2, manifest.digest().toString());
                insert.setString(3, facts.type());
                insert.setString(4, manifest.mediaType());
                insert.setString(5, manifest.artifactType().orElse(null));
                insert.setString(6, manifest.config().map(config -> config.digest().toString()).orElse(null));
                insert.setLong(7, manifest.totalSize());
                insert.setLong(8, manifest.content().length);
                insert.setString(9, manifest.subject().map(subject -> subject.digest().toString()).orElse(null));
                insert.setString(10, facts.annotationsJson());
                insert.setString(11, facts.extraAttributesJson());
                insert.executeUpdate();
                try (ResultSet keys = insert.getGeneratedKeys()) {
                    keys.next();
                    return keys.getLong(1);
                }
            }
        });
    }

    void insertContent(long artifactId, byte[] content) {
        entities.createNativeQuery("INSERT INTO artifact_content (artifact_id, content) VALUES (?, ?)")
                .setParameter(1, artifactId)
                .setParameter(2, content)
                .executeUpdate();
    }

    void insertBlobs(long artifactId, Collection<BlobRef> blobs) {
        if (blobs.isEmpty()) {
            return;
        }
        Query query = entities.createNativeQuery("INSERT INTO artifact_blob (artifact_id, blob_id) VALUES "
                + "(?, ?), ".repeat(blobs.size() - 1) + "(?, ?)");
        int position = 1;
        for (BlobRef blob : blobs) {
            query.setParameter(position++, artifactId).setParameter(position++, blob.id());
        }
        query.executeUpdate();
    }

    void insertMissingBlobs(long artifactId, Collection<Digest> digests) {
        for (Digest digest : digests) {
            entities.createNativeQuery("INSERT INTO artifact_missing_blob (artifact_id, digest) VALUES (?, ?)")
                    .setParameter(1, artifactId)
                    .setParameter(2, digest.toString())
                    .executeUpdate();
        }
    }

    void insertChildren(long artifactId, List<Descriptor> entries, Map<Digest, Child> present) {
        for (int i = 0; i < entries.size(); i++) {
            Digest digest = entries.get(i).digest();
            entities.createNativeQuery("INSERT INTO artifact_child (parent_id, position, child_id, child_digest)"
                            + " VALUES (?, ?, ?, ?)")
                    .setParameter(1, artifactId)
                    .setParameter(2, i)
                    .setParameter(3, present.containsKey(digest) ? present.get(digest).artifactId() : null)
                    .setParameter(4, digest.toString())
                    .executeUpdate();
        }
    }

    /** A child that a sparse index was pushed without has come: its parents know it from now on. */
    @SuppressWarnings("unchecked")
    void adopt(long repositoryId, long artifactId, Digest digest) {
        List<Long> parents = entities.createNativeQuery("SELECT c.parent_id FROM artifact_child c JOIN artifact p"
                        + " ON p.artifact_id = c.parent_id WHERE c.child_digest = ? AND c.child_id IS NULL"
                        + " AND p.repository_id = ?", Long.class)
                .setParameter(1, digest.toString())
                .setParameter(2, repositoryId)
                .getResultList();
        for (Long parent : parents) {
            entities.createNativeQuery("UPDATE artifact_child SET child_id = ? WHERE parent_id = ? AND child_digest = ?")
                    .setParameter(1, artifactId)
                    .setParameter(2, parent)
                    .setParameter(3, digest.toString())
                    .executeUpdate();
        }
    }

    boolean isChild(long artifactId) {
        return Sql.first(entities.createNativeQuery(
                        "SELECT 1 FROM artifact_child WHERE child_id = ? LIMIT 1", Tuple.class)
                .setParameter(1, artifactId)).isPresent();
    }

    void delete(long artifactId) {
        entities.createNativeQuery("DELETE FROM artifact WHERE artifact_id = ?")
                .setParameter(1, artifactId)
                .executeUpdate();
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
