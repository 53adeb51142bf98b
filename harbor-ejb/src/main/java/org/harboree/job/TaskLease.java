// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import java.util.Optional;

/** A task as it was taken: all that its run needs to know. */
record TaskLease(long taskId, long executionId, String kind, String attributes, Optional<String> state,
        Task.Progress progress, int runCount, long fence) {
}
