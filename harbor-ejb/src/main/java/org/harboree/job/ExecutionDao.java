// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.harboree.listing.Page;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query.Kind;
import org.harboree.listing.Sort;
import org.harboree.transaction.ListQuery;
import org.harboree.transaction.ListQuery.Column;
import org.hibernate.Session;

/**
 * Rows of {@code execution}. Rows are locked in the order task, execution. A change of a task's status shares the lock
 * of its execution (the key of the foreign key holds the status, so the reference is checked anew): who will
 * {@link #refresh} the execution afterwards locks it before.
 */
@Dependent
class ExecutionDao {
    static final Map<String, Column> COLUMNS = Map.of(
            "id", new Column("e.id", Kind.INTEGER),
            "vendor_id", new Column("e.vendorId", Kind.INTEGER),
            "status", new Column("e.status", Kind.TEXT),
            "trigger", new Column("e.trigger", Kind.TEXT),
            "start_time", new Column("e.startTime", Kind.TIME),
            "update_time", new Column("e.updateTime", Kind.TIME),
            "end_time", new Column("e.endTime", Kind.TIME));

    private static final String SELECT = "new org.harboree.job.Execution(e.id, e.vendorType, e.vendorId, e.status,"
            + " e.statusMessage, e.trigger, e.attributes, e.startTime, e.updateTime, e.endTime)";

    private static final String INSERT = "INSERT INTO execution (vendor_type, vendor_id, status, status_message,"
            + " trigger_type, extra_attrs, schedule_id, due_time, start_time, update_time, end_time) VALUES (?, ?, ?, '',"
            + " ?, ?, ?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), IF(? = 'Running', NULL, UTC_TIMESTAMP(6)))";

    @PersistenceContext(unitName = "harbor")
    private EntityManager entities;

    /** @return the new id */
    long insert(NewExecution execution, ExecutionStatus status) {
        return entities.unwrap(Session.class).doReturningWork(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(INSERT, Statement.RETURN_GENERATED_KEYS)) {
                insert.setString(1, execution.vendorType());
                insert.setLong(2, execution.vendorId());
                insert.setString(3, status.wireName());
                insert.setString(4, execution.trigger().name());
                insert.setString(5, execution.attributes());
                insert.setObject(6, execution.dueTime().map(due -> due.schedule().id()).orElse(null));
                insert.setObject(7, execution.dueTime().map(due -> utc(due.time())).orElse(null));
                insert.setString(8, status.wireName());
                insert.executeUpdate();
                try (ResultSet keys = insert.getGeneratedKeys()) {
                    keys.next();
                    return keys.getLong(1);
                }
            }
        });
    }

    Optional<Execution> find(long id) {
        return entities.createQuery("select " + SELECT + " from ExecutionRow e where e.id = :id", Execution.class)
                .setParameter("id", id).getResultStream().findFirst();
    }

    Page<Execution> list(ExecutionFilter filter, Sort sort, PageRequest page) {
        ListQuery<Execution> query = new ListQuery<Execution>("ExecutionRow e", COLUMNS)
                .where("e.vendorType = :vendorType", "vendorType", filter.vendorType()).where(filter.query());
        if (!filter.vendorIds().isEmpty()) {
            query.where("e.vendorId in :vendorIds", "vendorIds", filter.vendorIds());
        }
        if (!filter.statuses().isEmpty()) {
            query.where("e.status in :statuses", "statuses",
                    filter.statuses().stream().map(ExecutionStatus::wireName).toList());
        }
        filter.trigger().ifPresent(trigger -> query.where("e.trigger = :trigger", "trigger", trigger.name()));
        return query.read(entities, SELECT, Execution.class, sort, "e.id desc", page);
    }

    /** The newest execution of each vendor; one that has none is missing. */
    Map<Long, Execution> newest(String vendorType, Collection<Long> vendorIds) {
        Map<Long, Execution> newest = new HashMap<>();
        entities.createQuery("select " + SELECT + " from ExecutionRow e where e.id in (select max(n.id)"
                        + " from ExecutionRow n where n.vendorType = :vendorType and n.vendorId in :vendorIds"
                        + " group by n.vendorId)", Execution.class)
                .setParameter("vendorType", vendorType).setParameter("vendorIds", vendorIds)
                .getResultStream().forEach(execution -> newest.put(execution.vendorId(), execution));
        return newest;
    }

    /** Another word whenever an execution comes, changes or goes. @param vendorId empty for all of the type */
    String version(String vendorType, OptionalLong vendorId) {
        Query query = entities.createNativeQuery("SELECT CONVERT(CONCAT_WS('-', COUNT(*), MAX(execution_id),"
                + " MAX(update_time)) USING utf8mb4) FROM execution WHERE vendor_type = ?"
                + (vendorId.isPresent() ? " AND vendor_id = ?" : ""), String.class).setParameter(1, vendorType);
        vendorId.ifPresent(id -> query.setParameter(2, id));
        return (String) query.getSingleResult();
    }

    boolean existsRunning(String vendorType, long vendorId) {
        return !entities.createNativeQuery("SELECT execution_id FROM execution WHERE vendor_type = ? AND vendor_id = ?"
                        + " AND status = 'Running'")
                .setParameter(1, vendorType).setParameter(2, vendorId).setMaxResults(1).getResultList().isEmpty();
    }

    /** Says why it stands as it does. */
    void explain(long id, String message) {
        entities.createNativeQuery("UPDATE execution SET status_message = ? WHERE execution_id = ?")
                .setParameter(1, message).setParameter(2, id).executeUpdate();
    }

    /** By execution; one that has no task is missing. */
    Map<Long, TaskCounts> counts(Collection<Long> executionIds) {
        return counts(executionIds, Optional.empty());
    }

    /** The same, of tasks of one kind. */
    Map<Long, TaskCounts> counts(Collection<Long> executionIds, Optional<String> kind) {
        Map<Long, Map<TaskStatus, Long>> counts = new HashMap<>();
        TypedQuery<Tuple> query = entities.createQuery("select t.executionId, t.status, count(*) from TaskRow t"
                + " where t.executionId in :ids" + (kind.isPresent() ? " and t.kind = :kind" : "")
                + " group by t.executionId, t.status", Tuple.class).setParameter("ids", executionIds);
        kind.ifPresent(name -> query.setParameter("kind", name));
        for (Tuple row : query.getResultList()) {
            counts.computeIfAbsent(row.get(0, Long.class), id -> new EnumMap<>(TaskStatus.class))
                    .put(TaskStatus.of(row.get(1, String.class)), row.get(2, Long.class));
        }
        Map<Long, TaskCounts> result = new HashMap<>();
        counts.forEach((id, byStatus) -> result.put(id, TaskCounts.of(byStatus)));
        return result;
    }

    /** Until the end of the transaction. */
    void lock(long id) {
        entities.createNativeQuery("SELECT execution_id FROM execution WHERE execution_id = ? FOR UPDATE")
                .setParameter(1, id).getResultList();
    }

    /**
     * Computes the status anew from the tasks. The row is locked before the tasks are counted, so of two tasks that end
     * at the same time the second one sees the first.
     *
     * @param message kept from the first task that brings one
     */
    void refresh(long id, String message) {
        lock(id);
        ExecutionStatus status = ExecutionStatus.of(counts(List.of(id)).getOrDefault(id, TaskCounts.none()));
        entities.createNativeQuery("UPDATE execution SET status = ?, update_time = UTC_TIMESTAMP(6),"
                        + " status_message = IF(status_message = '', ?, status_message),"
                        + " end_time = IF(? = 'Running', NULL, UTC_TIMESTAMP(6)) WHERE execution_id = ?")
                .setParameter(1, status.wireName()).setParameter(2, message).setParameter(3, status.wireName())
                .setParameter(4, id).executeUpdate();
    }

    /** Deletes ended executions of one vendor, with their tasks and logs, but the newest; @return how many */
    int deleteEnded(String vendorType, long vendorId, int keep, int limit) {
        List<?> ids = entities.createNativeQuery("SELECT execution_id FROM execution WHERE vendor_type = ?"
                        + " AND vendor_id = ? AND status <> 'Running' ORDER BY execution_id DESC", Long.class)
                .setParameter(1, vendorType).setParameter(2, vendorId)
                .setFirstResult(keep).setMaxResults(limit).getResultList();
        for (Object id : ids) {
            entities.createNativeQuery("DELETE FROM execution WHERE execution_id = ?").setParameter(1, id)
                    .executeUpdate();
        }
        return ids.size();
    }

    /** All vendors that have an execution. */
    List<Vendor> vendors() {
        return entities.createQuery("select distinct new org.harboree.job.Vendor(e.vendorType, e.vendorId)"
                + " from ExecutionRow e", Vendor.class).getResultList();
    }

    /** As a driver takes a time for a DATETIME in UTC. */
    static LocalDateTime utc(Instant time) {
        return LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    }
}
