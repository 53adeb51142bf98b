// SPDX-License-Identifier: Apache-2.0
package org.harboree.identity;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** The table {@code login_failure}; the time is the database's, so that all nodes agree. */
@Dependent
public class LoginFailureDao {
    private static final int FORGOTTEN_AFTER_HOURS = 24;
    private static final int SWEEP = 20;

    @PersistenceContext(unitName = "harbor")
    private EntityManager entities;

    /** For the container. */
    public LoginFailureDao() {
    }

    /** Works with an entity manager that is not the container's. */
    public LoginFailureDao(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Seconds until the next try is heard, 0 for now.
     *
     * @param free how many failures cost no delay; the next costs 1 s, and each further one twice as much
     * @param longest the most, in seconds
     */
    int secondsToWait(String id, int free, int longest) {
        return entities.createNativeQuery("SELECT CEILING(LEAST(POW(2, failures - :free), :longest)"
                + " - TIMESTAMPDIFF(MICROSECOND, last_failure, UTC_TIMESTAMP(6)) / 1000000)"
                + " FROM login_failure WHERE id = :id AND failures >= :free")
                .setParameter("free", free).setParameter("longest", longest).setParameter("id", id)
                .getResultStream().mapToInt(seconds -> ((Number) seconds).intValue()).map(s -> Math.max(0, s))
                .findFirst().orElse(0);
    }

    void add(String id) {
        entities.createNativeQuery("INSERT INTO login_failure (id, failures, last_failure)"
                + " VALUES (:id, 1, UTC_TIMESTAMP(6))"
                + " ON DUPLICATE KEY UPDATE failures = LEAST(failures + 1, 1000), last_failure = UTC_TIMESTAMP(6)")
                .setParameter("id", id).executeUpdate();
    }

    void clear(String id) {
        entities.createNativeQuery("DELETE FROM login_failure WHERE id = :id").setParameter("id", id).executeUpdate();
    }

    /** Each failure removes a few old ones, so that made-up names cannot fill the table for long. */
    void sweep() {
        entities.createNativeQuery("DELETE FROM login_failure WHERE last_failure < UTC_TIMESTAMP(6) - INTERVAL "
                + FORGOTTEN_AFTER_HOURS + " HOUR LIMIT " + SWEEP).executeUpdate();
    }
}
