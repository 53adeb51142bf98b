// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import java.time.Instant;

/**
 * When something is run by the clock.
 *
 * @param vendorType as in {@link NewExecution}; who answers to it is the {@link ScheduledWork} of that name
 * @param attributes a JSON object of the vendor's
 * @param nextTime when it is due next, if it is enabled
 */
public record Schedule(long id, String vendorType, long vendorId, Cron cron, boolean enabled, String attributes,
        Instant nextTime, Instant creationTime, Instant updateTime) {

    /** From a row. */
    Schedule(long id, String vendorType, long vendorId, String cron, boolean enabled, String attributes,
            Instant nextTime, Instant creationTime, Instant updateTime) {
        this(id, vendorType, vendorId, Cron.parse(cron), enabled, attributes, nextTime, creationTime, updateTime);
    }
}
