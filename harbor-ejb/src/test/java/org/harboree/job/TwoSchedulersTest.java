// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.harboree.database.ChildJvm;
import org.harboree.database.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

class TwoSchedulersTest {
    private static final int SCHEDULES = 5;

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @Test
    @Timeout(120)
    void shouldStartEachDueTimeOnceFromTwoJvms() throws Exception {
        DATABASE.execute("CREATE TABLE fired (schedule_id BIGINT NOT NULL, due_time DATETIME(6) NOT NULL,"
                + " pid BIGINT NOT NULL)");
        Jobs jobs = new Jobs(DATABASE);
        for (int vendor = 1; vendor <= SCHEDULES; vendor++) {
            jobs.schedules.put(Jobs.KIND, vendor, Cron.parse("* * * * * *"), true, "{}");
        }
        try (ChildJvm one = ChildJvm.start(SchedulerProcess.class, DATABASE);
                ChildJvm two = ChildJvm.start(SchedulerProcess.class, DATABASE)) {
            while (count("SELECT COUNT(DISTINCT pid) FROM fired") < 2 || count("SELECT COUNT(*) FROM fired") < 100) {
                assertThat(one.isAlive() && two.isAlive()).as("both nodes run").isTrue();
                Thread.sleep(50);
            }
        }
        long fired = count("SELECT COUNT(*) FROM fired");
        assertThat(count("SELECT COUNT(DISTINCT schedule_id, due_time) FROM fired")).isEqualTo(fired);
        assertThat(count("SELECT COUNT(*) FROM execution")).isEqualTo(fired);
    }

    private static long count(String sql) {
        List<?> rows = DATABASE.entityManager().createNativeQuery(sql).getResultList();
        return ((Number) rows.get(0)).longValue();
    }
}
