// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Rows of {@code task_log}. */
@Dependent
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

    /** Number of the newest part, which grows with the log; 0 while there is none. */
    long version(long taskId) {
        return ((Number) entities.createNativeQuery(
                        "SELECT COALESCE(MAX(task_log_id), 0) FROM task_log WHERE task_id = ?")
                .setParameter(1, taskId).getSingleResult()).longValue();
    }

    /** The newest parts, at most so many, in their order; each is one line or more. */
    @SuppressWarnings("unchecked")
    List<String> readLast(long taskId, int parts) {
        List<String> newestFirst = entities.createNativeQuery(
                "SELECT content FROM task_log WHERE task_id = ? ORDER BY task_log_id DESC", String.class)
                .setParameter(1, taskId).setMaxResults(parts).getResultList();
        List<String> inOrder = new ArrayList<>(newestFirst);
        Collections.reverse(inOrder);
        return inOrder;
    }

    /** In their order. */
    @SuppressWarnings("unchecked")
    List<String> read(long taskId) {
        return entities.createNativeQuery("SELECT content FROM task_log WHERE task_id = ? ORDER BY task_log_id",
                String.class).setParameter(1, taskId).getResultList();
    }
}
