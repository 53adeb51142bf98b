// SPDX-License-Identifier: Apache-2.0
package org.harboree.statistics;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts rows of {@code project}, {@code repository} and {@code oci_blob}. */
@Dependent
class StatisticsDao {
    private static final String PROJECTS = "SELECT COUNT(*) FROM project p WHERE NOT p.deleted";
    private static final String REPOSITORIES = "SELECT COUNT(*) FROM repository r JOIN project p"
            + " ON p.project_id = r.project_id WHERE r.published AND NOT p.deleted";
    private static final String PUBLIC = " AND p.is_public";
    private static final String OWN = " AND NOT p.is_public AND EXISTS (SELECT 1 FROM project_member m"
            + " WHERE m.project_id = p.project_id AND m.user_id = ?)";
    private static final String PRIVATE = " AND NOT p.is_public";

    @PersistenceContext(unitName = "harbor")
    private EntityManager entities;

    /** What a user counts: the public, and the private of their own. */
    Statistics own(long userId) {
        return new Statistics(count(PROJECTS + OWN, userId), count(REPOSITORIES + OWN, userId),
                count(PROJECTS + PUBLIC), count(REPOSITORIES + PUBLIC), 0, 0, 0);
    }

    Statistics everything() {
        long publicProjects = count(PROJECTS + PUBLIC);
        long publicRepositories = count(REPOSITORIES + PUBLIC);
        long privateProjects = count(PROJECTS + PRIVATE);
        long privateRepositories = count(REPOSITORIES + PRIVATE);
        return new Statistics(privateProjects, privateRepositories, publicProjects, publicRepositories,
                publicProjects + privateProjects, publicRepositories + privateRepositories,
                count("SELECT COALESCE(SUM(size), 0) FROM oci_blob WHERE state = 'LIVE'"));
    }

    /**
     * What each of the projects holds: every blob once, however many of its repositories have it, and the manifests.
     */
    Map<Long, Long> bytesIn(Collection<Long> projectIds) {
        Map<Long, Long> bytes = new HashMap<>();
        projectIds.forEach(id -> bytes.put(id, 0L));
        for (String sql : List.of(
                "SELECT held.project_id, SUM(b.size) FROM (SELECT DISTINCT r.project_id, l.blob_id FROM repository r"
                        + " JOIN repository_blob l ON l.repository_id = r.repository_id WHERE r.project_id IN (:ids))"
                        + " held JOIN oci_blob b ON b.blob_id = held.blob_id WHERE b.state = 'LIVE'"
                        + " GROUP BY held.project_id",
                "SELECT r.project_id, SUM(a.manifest_size) FROM repository r JOIN artifact a"
                        + " ON a.repository_id = r.repository_id WHERE r.project_id IN (:ids) GROUP BY r.project_id")) {
            for (Object row : entities.createNativeQuery(sql).setParameter("ids", projectIds).getResultList()) {
                Object[] pair = (Object[]) row;
                bytes.merge(((Number) pair[0]).longValue(), ((Number) pair[1]).longValue(), Long::sum);
            }
        }
        return bytes;
    }

    private long count(String sql, Object... values) {
        Query query = entities.createNativeQuery(sql);
        for (int i = 0; i < values.length; i++) {
            query.setParameter(i + 1, values[i]);
        }
        return ((Number) query.getSingleResult()).longValue();
    }
}
