// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/** What is done about other registries by the clock, on every node; the database decides who does it. */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class RemoteTimers {
    @Inject
    private EndpointHealth health;

    @Schedule(hour = "*", minute = "*", second = "23", persistent = false)
    void checkHealth() {
        health.checkHealth();
    }
}
