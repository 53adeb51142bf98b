// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.harboree.transaction.UnitOfWork;

/**
 * The enabled event-based policies, kept for a second: each push asks for them. A policy that another node has saved is
 * known here a second later.
 */
@ApplicationScoped
class EventPolicies {
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(1);

    @Inject
    private ReplicationPolicyDao policies;

    @Inject
    private UnitOfWork work;

    private volatile Known known;

    private record Known(List<Policy> policies, long readNanos) {
    }

    List<Policy> all() {
        Known now = known;
        if (now == null || System.nanoTime() - now.readNanos() > KEPT_NANOS) {
            long time = System.nanoTime();
            now = new Known(work.call(policies::eventBased).stream().map(ReplicationPolicy::policy).toList(), time);
            known = now;
        }
        return now.policies();
    }

    /** After a policy was changed on this node. */
    void forget() {
        known = null;
    }
}
