// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what hangs on artifacts that might be deleted. */
@Dependent
class DeletionPlanDao {
    @PersistenceContext(unitName = "harbor")
    private EntityManager entities;

    /** How much some artifacts are. */
    record Weight(long artifacts, long tags, long bytes, long freedBytes) {}

    /** Children of these indexes and accessories of these artifacts that have no tag. */
    Set<Long> untaggedServants(Collection<Long> artifactIds) {
        Where children = new Where().in("c.parent_id", artifactIds).and("c.child_id IS NOT NULL");
        Where accessories = new Where().in("s.artifact_id", artifactIds);
        List<Object> values = new ArrayList<>(children.values());
        values.addAll(accessories.values());
        Set<Long> servants = new HashSet<>();
        jakarta.persistence.Query query = entities.createNativeQuery("SELECT v.id FROM (SELECT c.child_id AS id"
                + " FROM artifact_child c" + children.sql() + " UNION SELECT a.artifact_id FROM artifact s"
                + " JOIN artifact a ON a.repository_id = s.repository_id AND a.subject_digest = s.digest"
                + accessories.sql() + ") v WHERE NOT EXISTS (SELECT 1 FROM tag t WHERE t.artifact_id = v.id)",
                Tuple.class);
        for (int i = 0; i < values.size(); i++) {
            query.setParameter(i + 1, values.get(i));
        }
        Sql.rows(query).forEach(row -> servants.add(Sql.number(row, 0)));
        return servants;
    }

    /** The indexes that each of the artifacts is a part of; those that are in none are missing. */
    Map<Long, Set<Long>> parents(Collection<Long> artifactIds) {
        Where where = new Where().in("child_id", artifactIds);
        Map<Long, Set<Long>> parents = new HashMap<>();
        Sql.rows(Sql.bind(entities.createNativeQuery(
                        "SELECT child_id, parent_id FROM artifact_child" + where.sql(), Tuple.class), where))
                .forEach(row -> parents.computeIfAbsent(Sql.number(row, 0), id -> new HashSet<>())
                        .add(Sql.number(row, 1)));
        return parents;
    }

    Weight weigh(Collection<Long> artifactIds) {
        return weigh(new Where().in("a.artifact_id", artifactIds));
    }

    /** Of all artifacts of a repository. */
    Weight weighRepository(long repositoryId) {
        return weigh(new Where().and("a.repository_id = ?", repositoryId));
    }

    private Weight weigh(Where which) {
        String some = "SELECT a.artifact_id FROM artifact a" + which.sql();
        String held = "SELECT SUM(b.size) FROM (SELECT DISTINCT l.blob_id FROM artifact a"
                + " JOIN artifact_blob l ON l.artifact_id = a.artifact_id" + which.sql()
                + ") h JOIN oci_blob b ON b.blob_id = h.blob_id WHERE b.state = 'LIVE'";
        long manifests = number("SELECT SUM(a.manifest_size) FROM artifact a" + which.sql(), which.values());
        List<Object> twice = new ArrayList<>(which.values());
        twice.addAll(which.values());
        long freed = number(held + " AND NOT EXISTS (SELECT 1 FROM artifact_blob o WHERE o.blob_id = h.blob_id"
                + " AND o.artifact_id NOT IN (" + some + "))", twice);
        return new Weight(number("SELECT COUNT(*) FROM artifact a" + which.sql(), which.values()),
                number("SELECT COUNT(*) FROM artifact a JOIN tag t ON t.artifact_id = a.artifact_id" + which.sql(),
                        which.values()),
                number(held, which.values()) + manifests, freed + manifests);
    }

    private long number(String sql, List<Object> values) {
        jakarta.persistence.Query query = entities.createNativeQuery(sql, Tuple.class);
        for (int i = 0; i < values.size(); i++) {
            query.setParameter(i + 1, values.get(i));
        }
        return Sql.first(query).filter(row -> row.get(0) != null).map(row -> Sql.number(row, 0)).orElse(0L);
    }
}
