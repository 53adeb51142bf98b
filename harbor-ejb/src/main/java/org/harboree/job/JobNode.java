// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import java.time.Instant;

/**
 * A server that works: one start of it.
 *
 * @param concurrency how many tasks it runs at once, of all kinds
 * @param beatTime when it last said that it lives
 */
public record JobNode(String id, String host, long pid, int concurrency, Instant startTime, Instant beatTime) {
}
