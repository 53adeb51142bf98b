// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Pull counts of repositories and pull times of artifacts and tags. */
@ApplicationScoped
class PullCountDao {
    @PersistenceContext(unitName = "harbor")
    private EntityManager entities;

    /** @param tag null where the pull was by digest */
    void add(long artifactId, String tag, long pulls) {
        entities.createNativeQuery("UPDATE artifact SET pull_time = UTC_TIMESTAMP(6) WHERE artifact_id = ?")
                .setParameter(1, artifactId)
                .executeUpdate();
        if (tag != null) {
            entities.createNativeQuery("UPDATE tag SET pull_time = UTC_TIMESTAMP(6) WHERE artifact_id = ? AND name = ?")
                    .setParameter(1, artifactId)
                    .setParameter(2, tag)
                    .executeUpdate();
        }
        entities.createNativeQuery("UPDATE repository r JOIN artifact a ON a.repository_id = r.repository_id"
                        + " SET r.pull_count = r.pull_count + ? WHERE a.artifact_id = ?")
                .setParameter(1, pulls)
                .setParameter(2, artifactId)
                .executeUpdate();
    }
}
