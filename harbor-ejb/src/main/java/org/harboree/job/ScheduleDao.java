// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.harboree.listing.Page;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query.Kind;
import org.harboree.listing.Sort;
import org.harboree.transaction.ListQuery;
import org.harboree.transaction.ListQuery.Column;

/** Rows of {@code schedule}, and the database's clock, by which they are due. */
@Dependent
class ScheduleDao {
    static final Map<String, Column> COLUMNS = Map.of(
            "id", new Column("s.id", Kind.INTEGER),
            "vendor_type", new Column("s.vendorType", Kind.TEXT),
            "vendor_id", new Column("s.vendorId", Kind.INTEGER),
            "cron", new Column("s.cron", Kind.TEXT),
            "creation_time", new Column("s.creationTime", Kind.TIME),
            "update_time", new Column("s.updateTime", Kind.TIME));

    private static final String SELECT = "new org.harboree.job.Schedule(s.id, s.vendorType, s.vendorId, s.cron,"
            + " s.enabled, s.attributes, s.nextTime, s.creationTime, s.updateTime)";

    @PersistenceContext(unitName = "harbor")
    private EntityManager entities;

    /** The database's time. */
    Instant now() {
        Number micros = (Number) entities.createNativeQuery(
                "SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6))").getSingleResult();
        return Instant.EPOCH.plus(micros.longValue(), ChronoUnit.MICROS);
    }

    Optional<Schedule> find(String vendorType, long vendorId) {
        return entities.createQuery("select " + SELECT + " from ScheduleRow s where s.vendorType = :type"
                        + " and s.vendorId = :id", Schedule.class)
                .setParameter("type", vendorType).setParameter("id", vendorId).getResultStream().findFirst();
    }

    Page<Schedule> list(Sort sort, PageRequest page) {
        return new ListQuery<Schedule>("ScheduleRow s", COLUMNS).read(entities, SELECT, Schedule.class, sort, "s.id",
                page);
    }

    void put(String vendorType, long vendorId, Cron cron, boolean enabled, String attributes, Instant next) {
        entities.createNativeQuery("INSERT INTO schedule (vendor_type, vendor_id, cron, enabled, extra_attrs,"
                        + " next_time, creation_time, update_time) VALUES (:type, :id, :cron, :enabled, :attributes,"
                        + " :next, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)) ON DUPLICATE KEY UPDATE cron = :cron,"
                        + " enabled = :enabled, extra_attrs = :attributes, next_time = :next,"
                        + " update_time = UTC_TIMESTAMP(6)")
                .setParameter("type", vendorType).setParameter("id", vendorId).setParameter("cron", cron.toString())
                .setParameter("enabled", enabled).setParameter("attributes", attributes)
                .setParameter("next", ExecutionDao.utc(next)).executeUpdate();
    }

    /** @return whether there was one */
    boolean delete(String vendorType, long vendorId) {
        return entities.createNativeQuery("DELETE FROM schedule WHERE vendor_type = ? AND vendor_id = ?")
                .setParameter(1, vendorType).setParameter(2, vendorId).executeUpdate() == 1;
    }

    /** The earliest one that is due and that no other node is moving on; its row is locked. */
    Optional<Schedule> lockDue() {
        List<?> ids = entities.createNativeQuery("SELECT schedule_id FROM schedule WHERE enabled = TRUE"
                        + " AND next_time <= UTC_TIMESTAMP(6) ORDER BY next_time LIMIT 1 FOR UPDATE SKIP LOCKED",
                        Long.class)
                .getResultList();
        return first(ids);
    }

    /** That one, locked, if it is still due. */
    Optional<Schedule> lockDue(long id) {
        return first(entities.createNativeQuery("SELECT schedule_id FROM schedule WHERE schedule_id = ?"
                + " AND enabled = TRUE AND next_time <= UTC_TIMESTAMP(6) FOR UPDATE", Long.class)
                .setParameter(1, id).getResultList());
    }

    private Optional<Schedule> first(List<?> ids) {
        return ids.stream().findFirst().flatMap(id -> entities.createQuery("select " + SELECT
                        + " from ScheduleRow s where s.id = :id", Schedule.class)
                .setParameter("id", id).getResultStream().findFirst());
    }

    void moveOn(long id, Instant next) {
        entities.createNativeQuery("UPDATE schedule SET next_time = ? WHERE schedule_id = ?")
                .setParameter(1, ExecutionDao.utc(next)).setParameter(2, id).executeUpdate();
    }
}
