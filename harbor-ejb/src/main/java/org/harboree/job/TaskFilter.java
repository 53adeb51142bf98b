// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import java.util.Optional;
import java.util.Set;
import org.harboree.listing.Query;

/**
 * Which tasks of an execution to list.
 *
 * @param kind only of this kind; empty for all
 * @param statuses only these; empty for all
 * @param query Harbor's {@code q} on {@link Executions#TASK_KEYS}
 */
public record TaskFilter(long executionId, Optional<String> kind, Set<TaskStatus> statuses, Query query) {

    public TaskFilter {
        statuses = Set.copyOf(statuses);
    }

    /** All of the execution. */
    public static TaskFilter of(long executionId) {
        return new TaskFilter(executionId, Optional.empty(), Set.of(), Query.none());
    }
}
