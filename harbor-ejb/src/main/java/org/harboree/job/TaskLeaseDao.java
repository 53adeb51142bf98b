// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.harboree.job.TaskInterruptedException.Reason;
import org.harboree.job.TaskStatus.Event;

/**
 * Rows of {@code task} as the engine sees them: who owns which, until when.
 *
 * <p>Each write of a run names its fencing number and finds no row once another run has begun. All times are computed
 * by the database, so the clocks of the nodes do not matter.
 */
@Dependent
class TaskLeaseDao {
    /** Without a beat for so long a task is another node's to take. */
    static final int LEASE_SECONDS = 20;

    private static final String LEASE_END = "UTC_TIMESTAMP(6) + INTERVAL " + LEASE_SECONDS + " SECOND";
    private static final String LEASE_MARK = "<lease>";
    private static final String DUE_MARK = "<due>";

    private static final String HELD = "SELECT task_id, execution_id, fence, failures, losses, stop_requested FROM task"
            + " WHERE ";

    @PersistenceContext(unitName = "harbor")
    private EntityManager entities;

    /** What there is to do, see {@link #open}. */
    record Open(boolean expiredLease, boolean dueSchedule, Set<String> kinds) {
    }

    /**
     * Looks, in one statement of a few index look-ups that locks nothing, for a lease that ran out, a schedule that is
     * due and those of the kinds that have a task to take.
     */
    Open open(Collection<String> kinds) {
        StringBuilder sql = new StringBuilder("(SELECT '" + LEASE_MARK + "' AS mark FROM task WHERE status = 'Running'"
                + " AND lease_until < UTC_TIMESTAMP(6) LIMIT 1)"
                + " UNION ALL (SELECT '" + DUE_MARK + "' FROM schedule WHERE enabled = TRUE"
                + " AND next_time <= UTC_TIMESTAMP(6)"
                + " AND NOT EXISTS (SELECT 1 FROM paused_queue WHERE kind = '" + JobQueues.SCHEDULER + "') LIMIT 1)");
        for (int i = 0; i < kinds.size(); i++) {
            sql.append(" UNION ALL (SELECT kind FROM task WHERE kind = ? AND status = 'Pending'"
                    + " AND due_time <= UTC_TIMESTAMP(6)"
                    + " AND NOT EXISTS (SELECT 1 FROM paused_queue WHERE paused_queue.kind = task.kind) LIMIT 1)");
        }
        Query query = entities.createNativeQuery(sql.toString(), String.class);
        int position = 1;
        for (String kind : kinds) {
            query.setParameter(position++, kind);
        }
        Set<String> marks = new HashSet<>();
        for (Object mark : query.getResultList()) {
            marks.add((String) mark);
        }
        return new Open(marks.remove(LEASE_MARK), marks.remove(DUE_MARK), marks);
    }

    /** Takes waiting tasks of that kind, oldest due time first, that no other node is just taking. */
    List<TaskLease> take(String node, String kind, int limit) {
        List<Tuple> rows = tuples("SELECT task_id, execution_id, extra_attrs, checkpoint, run_count, fence,"
                + " progress_done, progress_total FROM task"
                + " WHERE kind = ? AND status = 'Pending' AND due_time <= UTC_TIMESTAMP(6)"
                + " ORDER BY due_time, task_id LIMIT " + limit + " FOR UPDATE SKIP LOCKED", kind);
        List<TaskLease> taken = new ArrayList<>();
        for (Tuple row : rows) {
            taken.add(new TaskLease(number(row, 0), number(row, 1), kind, row.get(2, String.class),
                    Optional.ofNullable(row.get(3, String.class)), new Task.Progress(number(row, 6), number(row, 7)),
                    (int) number(row, 4) + 1, number(row, 5) + 1));
        }
        if (!taken.isEmpty()) {
            entities.createNativeQuery("UPDATE task SET status = '" + Event.TAKE.to().wireName() + "', owner = :node,"
                            + " fence = fence + 1, run_count = run_count + 1, lease_until = " + LEASE_END + ","
                            + " start_time = COALESCE(start_time, UTC_TIMESTAMP(6)), update_time = UTC_TIMESTAMP(6)"
                            + " WHERE task_id IN (:ids)")
                    .setParameter("node", node).setParameter("ids", taken.stream().map(TaskLease::taskId).toList())
                    .executeUpdate();
        }
        return taken;
    }

    /** Keeps the leases of these runs; a row that is locked at the moment (a checkpoint extends it) is left out. */
    void extend(Map<Long, Long> fencesById) {
        List<Long> ids = new ArrayList<>();
        for (Tuple row : named("SELECT task_id, fence FROM task WHERE task_id IN (:ids) AND status = 'Running'"
                + " FOR UPDATE SKIP LOCKED", fencesById.keySet())) {
            if (fencesById.get(number(row, 0)) == number(row, 1)) {
                ids.add(number(row, 0));
            }
        }
        if (!ids.isEmpty()) {
            entities.createNativeQuery("UPDATE task SET lease_until = " + LEASE_END + " WHERE task_id IN (:ids)")
                    .setParameter("ids", ids).executeUpdate();
        }
    }

    /** Why these runs have to end; who may go on is missing. */
    Map<Long, Reason> interruptions(Map<Long, Long> fencesById) {
        Map<Long, Reason> reasons = new HashMap<>();
        fencesById.keySet().forEach(id -> reasons.put(id, Reason.LEASE_LOST));
        for (Tuple row : named("SELECT task_id, fence, stop_requested FROM task WHERE task_id IN (:ids)"
                + " AND status = 'Running'", fencesById.keySet())) {
            long id = number(row, 0);
            if (fencesById.get(id) == number(row, 1)) {
                reasons.remove(id);
                if (flag(row, 2)) {
                    reasons.put(id, Reason.STOP);
                }
            }
        }
        return reasons;
    }

    /** @return false, with nothing written, if the run may not go on */
    boolean checkpoint(long taskId, long fence, String state, Task.Progress progress) {
        return entities.createNativeQuery("UPDATE task SET checkpoint = ?, progress_done = ?, progress_total = ?,"
                        + " losses = 0, lease_until = " + LEASE_END + ", update_time = UTC_TIMESTAMP(6)"
                        + " WHERE task_id = ? AND fence = ? AND status = 'Running' AND stop_requested = FALSE")
                .setParameter(1, state).setParameter(2, progress.done()).setParameter(3, progress.total())
                .setParameter(4, taskId).setParameter(5, fence).executeUpdate() == 1;
    }

    void progress(long taskId, long fence, Task.Progress progress) {
        entities.createNativeQuery("UPDATE task SET progress_done = ?, progress_total = ?,"
                        + " update_time = UTC_TIMESTAMP(6) WHERE task_id = ? AND fence = ? AND status = 'Running'")
                .setParameter(1, progress.done()).setParameter(2, progress.total()).setParameter(3, taskId)
                .setParameter(4, fence).executeUpdate();
    }

    /** Which of the batch runtime's executions runs it. */
    void startedAs(long taskId, long fence, long batchExecutionId) {
        entities.createNativeQuery("UPDATE task SET batch_execution_id = ? WHERE task_id = ? AND fence = ?")
                .setParameter(1, batchExecutionId).setParameter(2, taskId).setParameter(3, fence).executeUpdate();
    }

    /** The run's task, locked; empty if it is not the run's any more. */
    Optional<HeldTask> lock(long taskId, long fence) {
        return held(tuples(HELD + "task_id = ? AND fence = ? AND status = 'Running' FOR UPDATE", taskId, fence))
                .stream().findFirst();
    }

    /** Tasks whose lease ran out, locked, the longest ago first. */
    List<HeldTask> lockExpired(int limit) {
        return held(tuples(HELD + "status = 'Running' AND lease_until < UTC_TIMESTAMP(6) ORDER BY lease_until LIMIT "
                + limit + " FOR UPDATE SKIP LOCKED"));
    }

    private static List<HeldTask> held(List<Tuple> rows) {
        return rows.stream().map(row -> new HeldTask(number(row, 0), number(row, 1), number(row, 2),
                (int) number(row, 3), (int) number(row, 4), flag(row, 5))).toList();
    }

    /**
     * Moves a locked task on and takes it from its owner.
     *
     * @param task as it is to be written: failures and losses count what just happened
     * @param message the new status message; empty to leave the old one
     * @param delayMillis until it is due again, for events that lead to Pending
     */
    void move(Event event, HeldTask task, String message, long delayMillis) {
        TaskStatus to = event.to();
        entities.createNativeQuery("UPDATE task SET status = ?, status_message = IF(? = '', status_message, ?),"
                        + " failures = ?, losses = ?, owner = NULL, lease_until = NULL, update_time = UTC_TIMESTAMP(6),"
                        + (to.isFinal() ? " end_time = UTC_TIMESTAMP(6)"
                                : " due_time = UTC_TIMESTAMP(6) + INTERVAL " + delayMillis * 1000 + " MICROSECOND")
                        + " WHERE task_id = ? AND fence = ? AND status = ?")
                .setParameter(1, to.wireName()).setParameter(2, message).setParameter(3, message)
                .setParameter(4, task.failures()).setParameter(5, task.losses()).setParameter(6, task.taskId())
                .setParameter(7, task.fence()).setParameter(8, event.from().wireName()).executeUpdate();
    }

    @SuppressWarnings("unchecked")
    private List<Tuple> tuples(String sql, Object... arguments) {
        Query query = entities.createNativeQuery(sql, Tuple.class);
        for (int i = 0; i < arguments.length; i++) {
            query.setParameter(i + 1, arguments[i]);
        }
        return query.getResultList();
    }

    @SuppressWarnings("unchecked")
    private List<Tuple> named(String sql, Collection<Long> ids) {
        return entities.createNativeQuery(sql, Tuple.class).setParameter("ids", ids).getResultList();
    }

    static long number(Tuple row, int column) {
        return ((Number) row.get(column)).longValue();
    }

    /** A BOOLEAN comes as a boolean or as a number, by driver and server. */
    static boolean flag(Tuple row, int column) {
        Object value = row.get(column);
        return value instanceof Boolean flag ? flag : ((Number) value).intValue() != 0;
    }
}
