// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import java.time.Instant;

/** A schedule and the moment that it is due at. */
public record DueTime(Schedule schedule, Instant time) {
}
