// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Tuple;
import java.util.List;

/** Rows of {@code job_node}: the servers that work now. */
@Dependent
class JobNodeDao {
    private static final int ALIVE_SECONDS = 60;

    @PersistenceContext(unitName = "harbor")
    private EntityManager entities;

    void beat(String node, String host, long pid, int concurrency) {
        entities.createNativeQuery("INSERT INTO job_node (node_id, host, pid, concurrency, start_time, heartbeat_time)"
                        + " VALUES (?, ?, ?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))"
                        + " ON DUPLICATE KEY UPDATE heartbeat_time = UTC_TIMESTAMP(6)")
                .setParameter(1, node).setParameter(2, host).setParameter(3, pid).setParameter(4, concurrency)
                .executeUpdate();
    }

    void delete(String node) {
        entities.createNativeQuery("DELETE FROM job_node WHERE node_id = ?").setParameter(1, node).executeUpdate();
    }

    /** Forgets servers that are no more since a day. */
    void deleteDead() {
        entities.createNativeQuery("DELETE FROM job_node WHERE heartbeat_time < UTC_TIMESTAMP(6) - INTERVAL 1 DAY")
                .executeUpdate();
    }

    /** Those with a beat in the last minute, the oldest first. */
    @SuppressWarnings("unchecked")
    List<JobNode> alive() {
        List<Tuple> rows = entities.createNativeQuery("SELECT node_id, host, pid, concurrency,"
                + " TIMESTAMPDIFF(MICROSECOND, '1970-01-01', start_time),"
                + " TIMESTAMPDIFF(MICROSECOND, '1970-01-01', heartbeat_time) FROM job_node"
                + " WHERE heartbeat_time > UTC_TIMESTAMP(6) - INTERVAL " + ALIVE_SECONDS + " SECOND"
                + " ORDER BY start_time, node_id", Tuple.class).getResultList();
        return rows.stream().map(row -> new JobNode(row.get(0, String.class), row.get(1, String.class),
                TaskLeaseDao.number(row, 2), (int) TaskLeaseDao.number(row, 3), JobQueueDao.time(row, 4),
                JobQueueDao.time(row, 5))).toList();
    }
}
