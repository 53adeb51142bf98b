// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.annotation.PreDestroy;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/** What the registry does by the clock, on every node: each task is idempotent and may run on several at once. */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class RegistryTimers {
    @Inject
    private PullRecorder pulls;

    @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
    @PreDestroy
    void writePullCounts() {
        pulls.flush();
    }
}
