// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import java.util.List;
import org.harboree.database.TestDatabase;

/** A node that looks for what is due all the time, and notes what it starts in the table {@code fired}. */
final class SchedulerProcess {
    private SchedulerProcess() {
    }

    public static void main(String[] database) throws InterruptedException {
        TestDatabase there = TestDatabase.at(database[0], database[1], database[2]);
        Jobs[] jobs = new Jobs[1];
        jobs[0] = new Jobs(there, List.of(new ScheduledWork() {
            @Override
            public String vendorType() {
                return Jobs.KIND;
            }

            @Override
            public void due(DueTime due) {
                there.entityManager()
                        .createNativeQuery("INSERT INTO fired (schedule_id, due_time, pid) VALUES (?, ?, ?)")
                        .setParameter(1, due.schedule().id()).setParameter(2, ExecutionDao.utc(due.time()))
                        .setParameter(3, ProcessHandle.current().pid()).executeUpdate();
                jobs[0].executions.create(NewExecution.due(due, "{}", List.of()));
            }
        }));
        while (true) {
            jobs[0].engine.take();
            Thread.sleep(10);
        }
    }
}
