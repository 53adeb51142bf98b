// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import java.time.Instant;

/**
 * A task that runs now.
 *
 * @param node {@link JobNode#id()}
 * @param startTime when it was first taken up
 * @param updateTime when it last wrote something
 */
public record RunningTask(long id, String kind, String node, Instant startTime, Instant updateTime) {
}
