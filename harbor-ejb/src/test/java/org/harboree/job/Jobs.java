// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import java.util.Arrays;
import java.util.List;
import org.harboree.database.TestBeans;
import org.harboree.database.TestDatabase;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Sort;
import org.harboree.transaction.UnitOfWork;

/** The jobs' beans over a test database, with kinds of the test's own. */
final class Jobs {
    static final String[] TABLES = {"task_log", "task", "execution", "schedule", "paused_queue", "job_node"};
    static final String KIND = "TEST";

    final TestBeans beans;
    final UnitOfWork work;
    final Executions executions;
    final Schedules schedules;

    Jobs(TestDatabase database) {
        beans = new TestBeans(database);
        work = beans.get(UnitOfWork.class);
        executions = beans.get(Executions.class);
        schedules = beans.get(Schedules.class);
    }

    /** An execution of vendor TEST 1 with a task for each of the kinds. */
    long execution(String... kinds) {
        List<NewTask> tasks = Arrays.stream(kinds).map(kind -> new NewTask(kind, "{}")).toList();
        return executions.create(NewExecution.of(KIND, 1, Trigger.MANUAL, "{\"a\":1}", tasks));
    }

    List<Task> tasks(long execution) {
        return executions.tasks(TaskFilter.of(execution), Sort.by(),
                PageRequest.everything()).items();
    }

    Task task(long execution) {
        return tasks(execution).get(0);
    }
}
