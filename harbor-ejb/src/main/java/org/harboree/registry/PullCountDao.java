// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Tuple;
import java.util.Optional;

/** Pull counts of repositories and artifacts, pull times of artifacts and tags. */
@Dependent
class PullCountDao {
    @PersistenceContext(unitName = "harbor")
    private EntityManager entities;

    /**
     * Takes the rows in the order in which a push does: repository, artifact, tag.
     *
     * @param tag null where the pull was by digest
     */
    void add(long artifactId, String tag, long pulls) {
        // read by itself: a join would lock the artifact before the repository
        Optional<Tuple> artifact = Sql.first(entities
                .createNativeQuery("SELECT repository_id FROM artifact WHERE artifact_id = ?", Tuple.class)
                .setParameter(1, artifactId));
        artifact.ifPresent(row -> addTo(Sql.number(row, 0), artifactId, tag, pulls));
    }

    private void addTo(long repositoryId, long artifactId, String tag, long pulls) {
        entities.createNativeQuery("UPDATE repository SET pull_count = pull_count + ? WHERE repository_id = ?")
                .setParameter(1, pulls)
                .setParameter(2, repositoryId)
                .executeUpdate();
        int there = entities
                .createNativeQuery("UPDATE artifact SET pull_time = UTC_TIMESTAMP(6) WHERE artifact_id = ?")
                .setParameter(1, artifactId)
                .executeUpdate();
        if (there == 0) {
            return; // deleted since its repository was read
        }
        entities.createNativeQuery("INSERT INTO artifact_pull (artifact_id, pull_count) VALUES (?, ?)"
                        + " ON DUPLICATE KEY UPDATE pull_count = pull_count + ?")
                .setParameter(1, artifactId)
                .setParameter(2, pulls)
                .setParameter(3, pulls)
                .executeUpdate();
        if (tag != null) {
            entities.createNativeQuery("UPDATE tag SET pull_time = UTC_TIMESTAMP(6) WHERE artifact_id = ? AND name = ?")
                    .setParameter(1, artifactId)
                    .setParameter(2, tag)
                    .executeUpdate();
        }
    }
}
