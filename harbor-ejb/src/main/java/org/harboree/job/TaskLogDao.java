// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;

/** Rows of {@code task_log}. */
@ApplicationScoped
class TaskLogDao {
    @PersistenceContext(unitName = "harbor")
    private EntityManager entities;

    /** Appends lines for the run with that fencing number; those of an older run are not kept. */
    boolean append(long taskId, long fence, String content) {
        return entities.createNativeQuery("INSERT INTO task_log (task_id, content)"
                        + " SELECT task_id, ? FROM task WHERE task_id = ? AND fence = ?")
                .setParameter(1, content).setParameter(2, taskId).setParameter(3, fence).executeUpdate() == 1;
    }

    /** Characters that are kept of that task. */
    long length(long taskId) {
        return ((Number) entities.createNativeQuery(
                        "SELECT COALESCE(SUM(CHAR_LENGTH(content)), 0) FROM task_log WHERE task_id = ?")
                .setParameter(1, taskId).getSingleResult()).longValue();
    }

    /** In their order. */
    @SuppressWarnings("unchecked")
    List<String> read(long taskId) {
        return entities.createNativeQuery("SELECT content FROM task_log WHERE task_id = ? ORDER BY task_log_id",
                String.class).setParameter(1, taskId).getResultList();
    }
}
