// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.harboree.listing.Query;

/**
 * Which executions to list.
 *
 * @param vendorIds only of these; empty for all of the type
 * @param statuses only these; empty for all
 * @param query Harbor's {@code q} on {@link Executions#EXECUTION_KEYS}
 */
public record ExecutionFilter(String vendorType, List<Long> vendorIds, Set<ExecutionStatus> statuses,
        Optional<Trigger> trigger, Query query) {

    public ExecutionFilter {
        vendorIds = List.copyOf(vendorIds);
        statuses = Set.copyOf(statuses);
    }

    /** All of some vendors of that type, of all where none is named. */
    public static ExecutionFilter of(String vendorType, Collection<Long> vendorIds) {
        return new ExecutionFilter(vendorType, List.copyOf(vendorIds), Set.of(), Optional.empty(), Query.none());
    }
}
