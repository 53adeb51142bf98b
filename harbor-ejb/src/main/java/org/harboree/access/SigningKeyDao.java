// SPDX-License-Identifier: Apache-2.0
package org.harboree.access;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Tuple;
import java.util.List;

/** Rows of {@code signing_key}; the private part is stored encrypted. */
@Dependent
class SigningKeyDao {
    @PersistenceContext(unitName = "harbor")
    private EntityManager entities;

    /** Keys that have not retired, newest first: kid, algorithm, certificate, private_key, 1 if it is to retire. */
    @SuppressWarnings("unchecked")
    List<Tuple> valid() {
        return entities.createNativeQuery("SELECT kid, algorithm, certificate, private_key,"
                + " CASE WHEN retire_time IS NULL THEN 0 ELSE 1 END FROM signing_key"
                + " WHERE retire_time IS NULL OR retire_time > UTC_TIMESTAMP(6)"
                + " ORDER BY creation_time DESC, kid", Tuple.class).getResultList();
    }

    void insert(String kid, String algorithm, String certificate, String privateKey) {
        entities.createNativeQuery("INSERT INTO signing_key (kid, algorithm, certificate, private_key, creation_time)"
                        + " VALUES (?, ?, ?, ?, UTC_TIMESTAMP(6))")
                .setParameter(1, kid)
                .setParameter(2, algorithm)
                .setParameter(3, certificate)
                .setParameter(4, privateKey)
                .executeUpdate();
    }

    /** All other keys verify for so many hours more; those of another algorithm that are younger than that go on. */
    void retireOthers(String kid, String algorithm, int hours) {
        entities.createNativeQuery("UPDATE signing_key SET retire_time = UTC_TIMESTAMP(6) + INTERVAL ? HOUR"
                        + " WHERE kid <> ? AND retire_time IS NULL"
                        + " AND (algorithm = ? OR creation_time < UTC_TIMESTAMP(6) - INTERVAL ? HOUR)")
                .setParameter(1, hours)
                .setParameter(2, kid)
                .setParameter(3, algorithm)
                .setParameter(4, hours)
                .executeUpdate();
    }
}
