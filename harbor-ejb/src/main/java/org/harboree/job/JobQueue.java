// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

/**
 * The tasks of a kind that wait, on all nodes.
 *
 * @param kind {@link JobKind#name()}, or {@link JobQueues#SCHEDULER}
 * @param latencySeconds since when the oldest of them could have been taken
 */
public record JobQueue(String kind, long waiting, long latencySeconds, boolean paused) {
}
