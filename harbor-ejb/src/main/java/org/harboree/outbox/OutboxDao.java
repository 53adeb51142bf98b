// SPDX-License-Identifier: Apache-2.0
package org.harboree.outbox;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.PreparedStatement;
import java.util.List;
import org.hibernate.Session;

/** Rows of {@code outbox_event} and {@code outbox_lane}. */
@ApplicationScoped
class OutboxDao {
    /** Rows of {@code outbox_lane}, made by the migration. */
    static final int LANES = 16;

    private static final String INSERT = "INSERT INTO outbox_event (consumer, lane, topic, ordering_key, payload,"
            + " creation_time, state, due_time, reason) VALUES (?, ?, ?, ?, ?, UTC_TIMESTAMP(6), 'WAITING',"
            + " UTC_TIMESTAMP(6), '')";

    @PersistenceContext(unitName = "harbor")
    private EntityManager entities;

    void insert(OutboxEvent event, List<OutboxConsumer> consumers) {
        entities.unwrap(Session.class).doWork(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                for (OutboxConsumer consumer : consumers) {
                    insert.setString(1, consumer.name());
                    insert.setInt(2, Math.floorMod((consumer.name() + ' ' + event.key()).hashCode(), LANES));
                    insert.setString(3, event.topic());
                    insert.setString(4, event.key());
                    insert.setString(5, event.payload());
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        });
    }
}
