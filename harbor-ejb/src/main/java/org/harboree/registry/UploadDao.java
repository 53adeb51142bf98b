// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Tuple;
import java.util.List;
import java.util.Optional;
import org.harboree.oci.Digest;

/** Rows of {@code upload}: the sessions, whose offset is what was acknowledged and is durable. */
@ApplicationScoped
class UploadDao {
    @PersistenceContext(unitName = "harbor")
    private EntityManager entities;

    void insert(Upload upload) {
        entities.createNativeQuery("INSERT INTO upload (upload_id, repository_id, owner, algorithm, creation_time,"
                        + " touched_time) VALUES (?, ?, ?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))")
                .setParameter(1, upload.id())
                .setParameter(2, upload.repositoryId())
                .setParameter(3, upload.owner())
                .setParameter(4, upload.algorithm().wireName())
                .executeUpdate();
    }

    Optional<Upload> find(String id) {
        return Sql.first(entities.createNativeQuery(
                                "SELECT repository_id, owner, algorithm, upload_offset FROM upload WHERE upload_id = ?", Tuple.class)
                        .setParameter(1, id))
                .map(row -> new Upload(id, Sql.number(row, 0), Sql.text(row, 1),
                        Digest.Algorithm.parse(Sql.text(row, 2)), Sql.number(row, 3)));
    }

    /** Records that bytes up to {@code to} are durable; false if the session has gone or has moved meanwhile. */
    boolean advance(String id, long from, long to) {
        return entities.createNativeQuery("UPDATE upload SET upload_offset = ?, touched_time = UTC_TIMESTAMP(6)"
                                + " WHERE upload_id = ? AND upload_offset = ?")
                        .setParameter(1, to)
                        .setParameter(2, id)
                        .setParameter(3, from)
                        .executeUpdate()
                == 1;
    }

    boolean delete(String id) {
        return entities.createNativeQuery("DELETE FROM upload WHERE upload_id = ?")
                        .setParameter(1, id)
                        .executeUpdate()
                == 1;
    }

    long countOf(long repositoryId, String owner) {
        return ((Number) entities.createNativeQuery("SELECT COUNT(*) FROM upload WHERE repository_id = ? AND owner = ?")
                        .setParameter(1, repositoryId)
                        .setParameter(2, owner)
                        .getSingleResult())
                .longValue();
    }

    /** Sessions that nobody has touched for so many hours, by the database's clock. */
    @SuppressWarnings("unchecked")
    List<String> untouchedFor(int hours, int limit) {
        return entities.createNativeQuery("SELECT upload_id FROM upload"
                        + " WHERE touched_time < UTC_TIMESTAMP(6) - INTERVAL ? HOUR ORDER BY touched_time", String.class)
                .setParameter(1, hours)
                .setMaxResults(limit)
                .getResultList();
    }
}
