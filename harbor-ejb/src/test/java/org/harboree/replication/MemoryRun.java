// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A policy that pushes from one registry in memory to another, and what a run of it does. */
final class MemoryRun {
    private final MemoryRegistry source;
    private final MemoryRegistry target;
    private final FakeTask task;
    private final BlobFlights flights = new BlobFlights();
    PlatformChoice platforms = PlatformChoice.ALL;

    MemoryRun(MemoryRegistry source, MemoryRegistry target, FakeTask task) {
        this.source = source;
        this.target = target;
        this.task = task;
    }

    Policy policy() {
        return new Policy(1, 1, new PolicySpec("p", "", OptionalLong.empty(), OptionalLong.of(1),
                new DestinationNamespace("", -1), new PolicyFilters(List.of(), Optional.of(platforms)),
                PolicyTrigger.MANUAL, true, true, true, 0, false, false), Instant.EPOCH, Instant.EPOCH);
    }

    /** One task after the other. */
    void copy(List<TaskSpec> tasks) throws IOException {
        PolicySpec spec = policy().spec();
        for (TaskSpec next : tasks) {
            try (Transfer transfer = new Transfer(Transfer.Side.source(spec, source, next),
                    Transfer.Side.target(spec, target, next), spec, task, flights, TaskState.of(task), Set::of)) {
                for (TaskSpec.Item item : next.items()) {
                    transfer.copy(item);
                }
            }
        }
    }
}
