// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tasks by kind and by node, and rows of {@code paused_queue}. */
@Dependent
class JobQueueDao {
    private static final String EPOCH_MICROS = "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', %s)";

    @PersistenceContext(unitName = "harbor")
    private EntityManager entities;

    /** How many wait, and since how many seconds. */
    record Waiting(long count, long latencySeconds) {
    }

    /** By kind; kinds of which none waits are missing. */
    @SuppressWarnings("unchecked")
    Map<String, Waiting> waiting() {
        List<Tuple> rows = entities.createNativeQuery("SELECT kind, COUNT(*),"
                + " GREATEST(0, TIMESTAMPDIFF(SECOND, MIN(due_time), UTC_TIMESTAMP(6))) FROM task"
                + " WHERE status = 'Pending' GROUP BY kind", Tuple.class).getResultList();
        Map<String, Waiting> waiting = new HashMap<>();
        rows.forEach(row -> waiting.put(row.get(0, String.class),
                new Waiting(TaskLeaseDao.number(row, 1), TaskLeaseDao.number(row, 2))));
        return waiting;
    }

    @SuppressWarnings("unchecked")
    Set<String> paused() {
        return new HashSet<>(entities.createNativeQuery("SELECT kind FROM paused_queue", String.class).getResultList());
    }

    void pause(String kind) {
        entities.createNativeQuery("INSERT IGNORE INTO paused_queue (kind, paused_time) VALUES (?, UTC_TIMESTAMP(6))")
                .setParameter(1, kind).executeUpdate();
    }

    void resume(String kind) {
        entities.createNativeQuery("DELETE FROM paused_queue WHERE kind = ?").setParameter(1, kind).executeUpdate();
    }

    /** Tasks of the kind that wait, each with its execution, locked. */
    @SuppressWarnings("unchecked")
    Map<Long, Long> lockWaiting(String kind, int limit) {
        List<Tuple> rows = entities.createNativeQuery("SELECT task_id, execution_id FROM task WHERE kind = ?"
                        + " AND status = 'Pending' ORDER BY due_time, task_id LIMIT " + limit
                        + " FOR UPDATE SKIP LOCKED", Tuple.class)
                .setParameter(1, kind).getResultList();
        Map<Long, Long> executionsByTask = new HashMap<>();
        rows.forEach(row -> executionsByTask.put(TaskLeaseDao.number(row, 0), TaskLeaseDao.number(row, 1)));
        return executionsByTask;
    }

    @SuppressWarnings("unchecked")
    List<RunningTask> running() {
        List<Tuple> rows = entities.createNativeQuery("SELECT task_id, kind, owner, "
                + EPOCH_MICROS.formatted("start_time") + ", " + EPOCH_MICROS.formatted("update_time")
                + " FROM task WHERE status = 'Running' ORDER BY start_time, task_id", Tuple.class).getResultList();
        return rows.stream().map(row -> new RunningTask(TaskLeaseDao.number(row, 0), row.get(1, String.class),
                row.get(2, String.class), time(row, 3), time(row, 4))).toList();
    }

    static Instant time(Tuple row, int column) {
        return Instant.EPOCH.plus(TaskLeaseDao.number(row, column), ChronoUnit.MICROS);
    }
}
