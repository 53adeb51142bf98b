// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

/** Fired after a commit on this node: there may be tasks to take, or one to stop. */
public record TasksWaiting() {
}
