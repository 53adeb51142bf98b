// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

/** A running task whose row is locked: what decides how its run ends. */
record HeldTask(long taskId, long executionId, long fence, int failures, int losses, boolean stopRequested) {
}
