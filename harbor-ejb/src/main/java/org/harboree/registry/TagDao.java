// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Tuple;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.harboree.transaction.Jdbc;

/** Rows of {@code tag}. */
@Dependent
class TagDao {
    @PersistenceContext(unitName = "harbor")
    private EntityManager entities;

    /** The digest that the tag names. */
    Optional<String> head(long repositoryId, String tag) {
        return Jdbc.first(entities, "SELECT a.digest FROM tag t JOIN artifact a ON a.artifact_id = t.artifact_id"
                + " WHERE t.repository_id = ? AND t.name = ?", row -> row.getString(1), repositoryId, tag);
    }

    /** What tags name: tag, digest, media type, length, whether an artifact refers to it. */
    List<Tuple> heads(long repositoryId, Collection<String> tags) {
        return Sql.rows(entities.createNativeQuery("SELECT t.name, a.digest, a.media_type, a.manifest_size,"
                        + " EXISTS (SELECT 1 FROM artifact r WHERE r.repository_id = t.repository_id"
                        + " AND r.subject_digest = a.digest) FROM tag t JOIN artifact a"
                        + " ON a.artifact_id = t.artifact_id WHERE t.repository_id = :repository"
                        + " AND t.name IN (:tags)", Tuple.class)
                .setParameter("repository", repositoryId)
                .setParameter("tags", tags));
    }

    /** As {@link #head}, with the tag's row locked. */
    Optional<String> lockHead(long repositoryId, String tag) {
        boolean present = Sql.first(entities.createNativeQuery("SELECT name FROM tag WHERE repository_id = ?"
                        + " AND name = ? FOR UPDATE", Tuple.class)
                .setParameter(1, repositoryId)
                .setParameter(2, tag)).isPresent();
        return present ? head(repositoryId, tag) : Optional.empty();
    }

    /** A tag and what it is to name. */
    record Head(long repositoryId, String tag, long artifactId) {}

    void put(long repositoryId, String tag, long artifactId) {
        putAll(List.of(new Head(repositoryId, tag, artifactId)));
    }

    /** Where a tag stands there twice the later one wins. */
    void putAll(Collection<Head> heads) {
        Jdbc.insertAll(entities, "INSERT INTO tag (repository_id, artifact_id, name, push_time) VALUES",
                "(?, ?, ?, UTC_TIMESTAMP(6))",
                " ON DUPLICATE KEY UPDATE artifact_id = VALUES(artifact_id), push_time = VALUES(push_time)",
                heads.stream().sorted(Comparator.comparingLong(Head::repositoryId).thenComparing(Head::tag))
                        .map(head -> new Object[] {head.repositoryId(), head.artifactId(), head.tag()}).toList());
    }

    boolean delete(long repositoryId, String tag) {
        return Jdbc.update(entities, "DELETE FROM tag WHERE repository_id = ? AND name = ?", repositoryId, tag) == 1;
    }

    @SuppressWarnings("unchecked")
    List<String> namesOf(long artifactId) {
        return entities.createNativeQuery("SELECT name FROM tag WHERE artifact_id = ? ORDER BY name", String.class)
                .setParameter(1, artifactId)
                .getResultList();
    }

    void deleteOf(long artifactId) {
        entities.createNativeQuery("DELETE FROM tag WHERE artifact_id = ?")
                .setParameter(1, artifactId)
                .executeUpdate();
    }

    /** Tags after {@code last} in byte order. */
    @SuppressWarnings("unchecked")
    List<String> list(long repositoryId, String last, int limit) {
        return entities.createNativeQuery(
                        "SELECT name FROM tag WHERE repository_id = ? AND name > ? ORDER BY name", String.class)
                .setParameter(1, repositoryId)
                .setParameter(2, last)
                .setMaxResults(limit)
                .getResultList();
    }
}
