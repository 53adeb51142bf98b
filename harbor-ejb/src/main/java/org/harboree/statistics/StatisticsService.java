// SPDX-License-Identifier: Apache-2.0
package org.harboree.statistics;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.harboree.access.AccessGuard;
import org.harboree.access.Caller;
import org.harboree.transaction.UnitOfWork;

/** Harbor's statistics, counted when they are asked for. */
@ApplicationScoped
public class StatisticsService {
    @Inject
    private AccessGuard guard;

    @Inject
    private StatisticsDao rows;

    @Inject
    private UnitOfWork work;

    /** @throws org.harboree.error.HarborException UNAUTHORIZED */
    public Statistics of(Caller caller) {
        guard.requireLogin(caller);
        return work.call(() -> caller.sysadmin() ? rows.everything() : rows.own(caller.userId()));
    }
}
