// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import java.util.List;
import java.util.Optional;

/**
 * An execution to be.
 *
 * @param vendorType what is run, Harbor's name: {@code REPLICATION}, {@code GARBAGE_COLLECTION}
 * @param vendorId which one of them: the rule's id; 0 where there is only one
 * @param attributes a JSON object, shown in the API: no secrets
 * @param dueTime the due time of a schedule, for {@link Trigger#SCHEDULE} only
 */
public record NewExecution(String vendorType, long vendorId, Trigger trigger, String attributes,
        Optional<DueTime> dueTime, List<NewTask> tasks) {

    public NewExecution {
        tasks = List.copyOf(tasks);
    }

    /** One that a person or an event started. */
    public static NewExecution of(String vendorType, long vendorId, Trigger trigger, String attributes,
            List<NewTask> tasks) {
        return new NewExecution(vendorType, vendorId, trigger, attributes, Optional.empty(), tasks);
    }

    /** One that is due by a schedule. */
    public static NewExecution due(DueTime dueTime, String attributes, List<NewTask> tasks) {
        Schedule schedule = dueTime.schedule();
        return new NewExecution(schedule.vendorType(), schedule.vendorId(), Trigger.SCHEDULE, attributes,
                Optional.of(dueTime), tasks);
    }
}
