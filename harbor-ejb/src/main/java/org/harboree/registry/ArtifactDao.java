// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.harboree.oci.Descriptor;
import org.harboree.oci.Digest;
import org.harboree.oci.Manifest;

/** Rows of {@code artifact} with their content and references, as the distribution API needs them. */
@ApplicationScoped
class ArtifactDao {
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
        entities.createNativeQuery("INSERT INTO artifact (repository_id, digest, type, media_type,"
                        + " artifact_type, config_digest, size, manifest_size, subject_digest, annotations, extra_attrs,"
                        + " push_time) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6))")
                .setParameter(1, repositoryId)
                .setParameter(2, manifest.digest().toString())
                .setParameter(3, facts.type())
                .setParameter(4, manifest.mediaType())
                .setParameter(5, manifest.artifactType().orElse(null))
                .setParameter(6, manifest.config().map(c -> c.digest().toString()).orElse(null))
                .setParameter(7, manifest.totalSize())
                .setParameter(8, (long) manifest.content().length)
                .setParameter(9, manifest.subject().map(s -> s.digest().toString()).orElse(null))
                .setParameter(10, facts.annotationsJson())
                .setParameter(11, facts.extraAttributesJson())
                .executeUpdate();
        return find(repositoryId, manifest.digest()).orElseThrow();
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
    void adopt(long repositoryId, long artifactId, Digest digest) {
        entities.createNativeQuery("UPDATE artifact_child c JOIN artifact p ON p.artifact_id = c.parent_id"
                        + " SET c.child_id = ? WHERE c.child_digest = ? AND c.child_id IS NULL AND p.repository_id = ?")
                .setParameter(1, artifactId)
                .setParameter(2, digest.toString())
                .setParameter(3, repositoryId)
                .executeUpdate();
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

    /** Referrers of a subject after an artifact id, oldest first: id, bytes of annotations, and what a descriptor shows. */
    @SuppressWarnings("unchecked")
    List<Tuple> referrers(long repositoryId, Digest subject, Optional<String> artifactType, long after, int limit) {
        Query query = entities.createNativeQuery("SELECT artifact_id, digest, media_type, manifest_size, artifact_type,"
                + " annotations FROM artifact WHERE repository_id = ? AND subject_digest = ? AND artifact_id > ?"
                + (artifactType.isPresent() ? " AND artifact_type = ?" : "") + " ORDER BY artifact_id", Tuple.class);
        query.setParameter(1, repositoryId).setParameter(2, subject.toString()).setParameter(3, after);
        artifactType.ifPresent(type -> query.setParameter(4, type));
        return query.setMaxResults(limit).getResultList();
    }
}
