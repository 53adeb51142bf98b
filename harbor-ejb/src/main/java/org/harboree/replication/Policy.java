// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import java.time.Instant;

/**
 * A policy as it was when it was read.
 *
 * @param ownerId user in whose name a run writes here: who saved it last
 */
public record Policy(long id, long ownerId, PolicySpec spec, Instant creationTime, Instant updateTime) {
}
