// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;
import org.harboree.transaction.Jdbc;

/** Rows of {@code upload_writer}: which node writes to an upload. */
@Dependent
class UploadWriterDao {
    @PersistenceContext(unitName = "harbor")
    private EntityManager entities;

    /** The node, with its row locked. */
    Optional<String> lock(String uploadId) {
        return Jdbc.first(entities, "SELECT node_id FROM upload_writer WHERE upload_id = ? FOR UPDATE",
                row -> row.getString(1), uploadId);
    }

    /** Where two nodes make the row at the same time, one waits, and finds the other's. */
    void put(String uploadId, String nodeId) {
        if (Jdbc.update(entities, "UPDATE upload_writer SET node_id = ? WHERE upload_id = ?", nodeId, uploadId) == 0) {
            Jdbc.update(entities, "INSERT INTO upload_writer (upload_id, node_id) VALUES (?, ?)", uploadId, nodeId);
        }
    }

    void delete(String uploadId) {
        Jdbc.update(entities, "DELETE FROM upload_writer WHERE upload_id = ?", uploadId);
    }

    /** What nodes left that were killed while they wrote. */
    void deleteLeftovers() {
        Jdbc.update(entities, "DELETE FROM upload_writer WHERE NOT EXISTS"
                + " (SELECT 1 FROM upload u WHERE u.upload_id = upload_writer.upload_id)");
    }
}
