// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

/**
 * A task that this node has taken and has to run: {@link JobEngine#run}.
 *
 * @param fence which taking of it, see {@link TaskContext#fence}
 */
public record TakenTask(long taskId, long fence) {
}
