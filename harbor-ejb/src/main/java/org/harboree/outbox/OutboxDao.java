// SPDX-License-Identifier: Apache-2.0
package org.harboree.outbox;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Tuple;
import java.sql.PreparedStatement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;

/** Rows of {@code outbox_event} and {@code outbox_lane}. */
@Dependent
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

    /** The lanes in which something waits: one look-up for each, of none of its rows. */
    @SuppressWarnings("unchecked")
    List<Integer> filledLanes() {
        return entities.createNativeQuery("SELECT DISTINCT lane FROM outbox_event WHERE state = 'WAITING'",
                Integer.class).getResultList();
    }

    /** @return false if another node delivers from that lane just now */
    boolean lock(int lane) {
        return !entities.createNativeQuery("SELECT lane FROM outbox_lane WHERE lane = ? FOR UPDATE SKIP LOCKED")
                .setParameter(1, lane).getResultList().isEmpty();
    }

    /** The lines that wait for the next attempt of one of their events, with the first such event. */
    @SuppressWarnings("unchecked")
    Map<WaitingEvent.Line, Long> blocked(int lane) {
        List<Tuple> rows = entities.createNativeQuery("SELECT consumer, ordering_key, event_id FROM outbox_event"
                        + " WHERE state = 'WAITING' AND lane = ? AND attempts > 0 AND due_time > UTC_TIMESTAMP(6)",
                Tuple.class).setParameter(1, lane).getResultList();
        Map<WaitingEvent.Line, Long> blocked = new HashMap<>();
        rows.forEach(row -> blocked.merge(new WaitingEvent.Line(row.get(0, String.class), row.get(1, String.class)),
                ((Number) row.get(2)).longValue(), Math::min));
        return blocked;
    }

    /** Events of a lane in the order in which they were written, after that one. */
    @SuppressWarnings("unchecked")
    List<WaitingEvent> waiting(int lane, long after, int limit) {
        List<Tuple> rows = entities.createNativeQuery("SELECT event_id, consumer, topic, ordering_key, payload,"
                        + " attempts FROM outbox_event WHERE state = 'WAITING' AND lane = ? AND event_id > ? ORDER BY event_id"
                        + " LIMIT " + limit, Tuple.class)
                .setParameter(1, lane).setParameter(2, after).getResultList();
        return rows.stream().map(row -> new WaitingEvent(((Number) row.get(0)).longValue(), row.get(1, String.class),
                new OutboxEvent(row.get(2, String.class), row.get(3, String.class), row.get(4, String.class)),
                ((Number) row.get(5)).intValue())).toList();
    }

    void delete(List<Long> ids) {
        entities.createNativeQuery("DELETE FROM outbox_event WHERE event_id IN (:ids)").setParameter("ids", ids)
                .executeUpdate();
    }

    /** Notes a failed attempt, unless another node has delivered or tried it meanwhile. */
    void postpone(WaitingEvent event, String reason, long delayMillis) {
        entities.createNativeQuery("UPDATE outbox_event SET attempts = attempts + 1, reason = ?,"
                        + " due_time = UTC_TIMESTAMP(6) + INTERVAL " + delayMillis * 1000 + " MICROSECOND"
                        + " WHERE event_id = ? AND attempts = ?")
                .setParameter(1, reason).setParameter(2, event.id()).setParameter(3, event.attempts()).executeUpdate();
    }

    /** Puts an event aside for good, for people to look at; those behind it go on. */
    void bury(WaitingEvent event, String reason) {
        entities.createNativeQuery("UPDATE outbox_event SET attempts = attempts + 1, reason = ?, state = 'DEAD'"
                        + " WHERE event_id = ? AND attempts = ?")
                .setParameter(1, reason).setParameter(2, event.id()).setParameter(3, event.attempts()).executeUpdate();
    }

    /** Forgets the dead of long ago. */
    int deleteDead(int days) {
        return entities.createNativeQuery("DELETE FROM outbox_event WHERE state = 'DEAD'"
                + " AND creation_time < UTC_TIMESTAMP(6) - INTERVAL ? DAY").setParameter(1, days).executeUpdate();
    }
}
