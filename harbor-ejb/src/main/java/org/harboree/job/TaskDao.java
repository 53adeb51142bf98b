// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.harboree.listing.Page;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query.Kind;
import org.harboree.listing.Sort;
import org.harboree.transaction.ListQuery;
import org.harboree.transaction.ListQuery.Column;
import org.hibernate.Session;

/** Rows of {@code task} as the API sees them. */
@Dependent
class TaskDao {
    static final Map<String, Column> COLUMNS = Map.of(
            "id", new Column("t.id", Kind.INTEGER),
            "kind", new Column("t.kind", Kind.TEXT),
            "status", new Column("t.status", Kind.TEXT),
            "creation_time", new Column("t.creationTime", Kind.TIME),
            "update_time", new Column("t.updateTime", Kind.TIME),
            "start_time", new Column("t.startTime", Kind.TIME),
            "end_time", new Column("t.endTime", Kind.TIME));

    private static final String SELECT = "new org.harboree.job.Task(t.id, t.executionId, t.kind, t.status,"
            + " t.statusMessage, t.attributes, t.done, t.total, t.runCount, t.stopRequested, t.creationTime,"
            + " t.updateTime, t.startTime, t.endTime)";

    private static final String INSERT = "INSERT INTO task (execution_id, kind, status, status_message, extra_attrs,"
            + " due_time, creation_time, update_time) VALUES (?, ?, 'Pending', '', ?, UTC_TIMESTAMP(6),"
            + " UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))";

    @PersistenceContext(unitName = "harbor")
    private EntityManager entities;

    void insert(long executionId, List<NewTask> tasks) {
        entities.unwrap(Session.class).doWork(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                for (NewTask task : tasks) {
                    insert.setLong(1, executionId);
                    insert.setString(2, task.kind());
                    insert.setString(3, task.attributes());
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        });
    }

    Optional<Task> find(long id) {
        return entities.createQuery("select " + SELECT + " from TaskRow t where t.id = :id", Task.class)
                .setParameter("id", id).getResultStream().findFirst();
    }

    Page<Task> list(TaskFilter filter, Sort sort, PageRequest page) {
        ListQuery<Task> query = new ListQuery<Task>("TaskRow t", COLUMNS)
                .where("t.executionId = :executionId", "executionId", filter.executionId()).where(filter.query());
        filter.kind().ifPresent(kind -> query.where("t.kind = :kind", "kind", kind));
        if (!filter.statuses().isEmpty()) {
            query.where("t.status in :statuses", "statuses",
                    filter.statuses().stream().map(TaskStatus::wireName).toList());
        }
        return query.read(entities, SELECT, Task.class, sort, "t.id", page);
    }

    /** Checkpoints of the execution's tasks of that kind that have one, and have not ended. */
    List<String> checkpointsOfOpen(long executionId, String kind, long besides) {
        return entities.createNativeQuery("SELECT checkpoint FROM task WHERE execution_id = ? AND kind = ?"
                        + " AND task_id <> ? AND status IN ('Pending', 'Running') AND checkpoint IS NOT NULL",
                String.class).setParameter(1, executionId).setParameter(2, kind).setParameter(3, besides)
                .getResultList();
    }

    /** Another word whenever a task of the execution comes, changes, or gets on. */
    String version(long executionId) {
        return (String) entities.createNativeQuery("SELECT CONVERT(CONCAT_WS('-', COUNT(*), MAX(update_time),"
                        + " SUM(progress_done)) USING utf8mb4) FROM task WHERE execution_id = ?", String.class)
                .setParameter(1, executionId).getSingleResult();
    }

    /** Locks the tasks of the execution that have not ended. @return whether there is one */
    boolean lockOpen(long executionId) {
        return lockOpen("execution_id = ?", executionId);
    }

    /** As {@link #lockOpen}, one task. */
    boolean lockOpenTask(long taskId) {
        return lockOpen("task_id = ?", taskId);
    }

    private boolean lockOpen(String which, long id) {
        return !entities.createNativeQuery("SELECT task_id FROM task WHERE " + which
                + " AND status IN ('Pending', 'Running') FOR UPDATE").setParameter(1, id).getResultList().isEmpty();
    }

    /** Ends what waits and asks what runs to stop; @return how many tasks are meant */
    int requestStop(long executionId) {
        return stop("execution_id = ?", executionId);
    }

    /** As {@link #requestStop}, of one task. */
    int requestStopOf(long taskId) {
        return stop("task_id = ?", taskId);
    }

    private int stop(String which, long id) {
        int running = entities.createNativeQuery("UPDATE task SET stop_requested = TRUE,"
                        + " update_time = UTC_TIMESTAMP(6) WHERE " + which + " AND status = 'Running'")
                .setParameter(1, id).executeUpdate();
        int waiting = entities.createNativeQuery("UPDATE task SET status = 'Stopped', stop_requested = TRUE,"
                        + " update_time = UTC_TIMESTAMP(6), end_time = UTC_TIMESTAMP(6)"
                        + " WHERE " + which + " AND status = 'Pending'")
                .setParameter(1, id).executeUpdate();
        return running + waiting;
    }
}
