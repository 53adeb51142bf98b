// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import org.harboree.oci.Digest;
import org.harboree.transaction.Jdbc;

/** Rows of {@code upload}: the sessions, whose offset is what was acknowledged and is durable. */
@Dependent
class UploadDao {
    @PersistenceContext(unitName = "harbor")
    private EntityManager entities;

    void insert(Upload upload) {
        Jdbc.update(entities, "INSERT INTO upload (upload_id, repository_id, owner, algorithm, creation_time,"
                + " touched_time) VALUES (?, ?, ?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))",
                upload.id(), upload.repositoryId(), upload.owner(), upload.algorithm().wireName());
    }

    Optional<Upload> find(String id) {
        return Jdbc.first(entities,
                "SELECT repository_id, owner, algorithm, upload_offset FROM upload WHERE upload_id = ?",
                row -> new Upload(id, row.getLong(1), row.getString(2), Digest.Algorithm.parse(row.getString(3)),
                        row.getLong(4)), id);
    }

    /** Records that bytes up to {@code to} are durable; false if the session has gone or has moved meanwhile. */
    boolean advance(String id, long from, long to) {
        return Jdbc.update(entities, "UPDATE upload SET upload_offset = ?, touched_time = UTC_TIMESTAMP(6)"
                + " WHERE upload_id = ? AND upload_offset = ?", to, id, from) == 1;
    }

    boolean delete(String id) {
        return Jdbc.update(entities, "DELETE FROM upload WHERE upload_id = ?", id) == 1;
    }

    long countOf(long repositoryId, String owner) {
        return Jdbc.first(entities, "SELECT COUNT(*) FROM upload WHERE repository_id = ? AND owner = ?",
                row -> row.getLong(1), repositoryId, owner).orElseThrow();
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
