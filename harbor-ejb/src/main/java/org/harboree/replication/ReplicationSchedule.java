// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.harboree.job.DueTime;
import org.harboree.job.ScheduledWork;
import org.harboree.job.Trigger;

/** Starts a policy when it is due. */
@ApplicationScoped
class ReplicationSchedule implements ScheduledWork {
    @Inject
    private ReplicationPolicyDao policies;

    @Inject
    private ReplicationRuns runs;

    @Override
    public String vendorType() {
        return ReplicationRuns.VENDOR;
    }

    @Override
    public void due(DueTime dueTime) {
        policies.lock(dueTime.schedule().vendorId()).map(ReplicationPolicy::policy)
                .filter(policy -> policy.spec().enabled())
                .ifPresent(policy -> runs.start(policy, Trigger.SCHEDULE, Optional.of(dueTime), "schedule"));
    }
}
