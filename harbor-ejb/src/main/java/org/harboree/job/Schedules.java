// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.harboree.listing.Page;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query;
import org.harboree.listing.Sort;
import org.harboree.transaction.ListQuery;
import org.harboree.transaction.UnitOfWork;

/**
 * What is run by the clock: at most one schedule for each vendor. Who may change it is asked by the services above.
 *
 * <p>The clock is the database's. A due time that passed while no server ran is made up for once it does: once for all
 * that were missed.
 */
@ApplicationScoped
public class Schedules {
    /** The keys that a list of schedules can be sorted by. */
    public static final Map<String, Query.Kind> KEYS = ListQuery.kinds(ScheduleDao.COLUMNS);

    @Inject
    private ScheduleDao schedules;

    @Inject
    private UnitOfWork work;

    /**
     * Makes the vendor's schedule or replaces it, in the caller's transaction if there is one. It is due at the first
     * time of the expression from now on.
     *
     * @param attributes a JSON object of the vendor's
     */
    public void put(String vendorType, long vendorId, Cron cron, boolean enabled, String attributes) {
        work.run(() -> schedules.put(vendorType, vendorId, cron, enabled, attributes, next(cron, schedules.now())));
    }

    /** In the caller's transaction if there is one. Nothing happens where there is none. */
    public void delete(String vendorType, long vendorId) {
        work.run(() -> schedules.delete(vendorType, vendorId));
    }

    public Optional<Schedule> find(String vendorType, long vendorId) {
        return schedules.find(vendorType, vendorId);
    }

    /** All, of all vendors. */
    public Page<Schedule> list(Sort sort, PageRequest page) {
        return schedules.list(sort, page);
    }

    static Instant next(Cron cron, Instant from) {
        return cron.after(from).orElseThrow(() -> new IllegalStateException("never due again: " + cron));
    }
}
