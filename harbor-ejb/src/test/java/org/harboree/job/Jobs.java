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
    final JobEngine engine;

    /** A node: its own engine, with these kinds. */
    Jobs(TestDatabase database, JobKind... kinds) {
        this(database, List.of(), kinds);
    }

    Jobs(TestDatabase database, List<ScheduledWork> vendors, JobKind... kinds) {
        beans = new TestBeans(database).with(JobKinds.class, new JobKinds(List.of(kinds)));
        if (!vendors.isEmpty()) {
            beans.withInjected(Scheduler.class, new Scheduler(vendors));
        }
        work = beans.get(UnitOfWork.class);
        executions = beans.get(Executions.class);
        schedules = beans.get(Schedules.class);
        engine = beans.get(JobEngine.class);
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

    /** Takes and runs, on this thread, until there is nothing more to take now; @return how many runs it were */
    int work() {
        int runs = 0;
        for (List<TakenTask> taken = engine.take(); !taken.isEmpty(); taken = engine.take()) {
            taken.forEach(engine::run);
            runs += taken.size();
        }
        return runs;
    }

    TaskStatus status(long execution) {
        return task(execution).status();
    }

    String log(long execution) {
        return executions.log(task(execution).id());
    }

    Task task(long execution) {
        return tasks(execution).get(0);
    }
}
