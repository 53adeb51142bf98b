// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.http;

import java.time.Duration;

/**
 * Limits of the traffic with one registry.
 *
 * @param connect longest wait for a connection
 * @param silence longest wait for the next byte
 * @param connections that may be open to the registry at the same time; more requests wait for {@code lease}
 * @param lease longest wait for one of them
 */
public record HttpLimits(Duration connect, Duration silence, int connections, Duration lease, Retry retry) {
    /** What the product uses. */
    public static HttpLimits standard(int connections) {
        return new HttpLimits(Duration.ofSeconds(15), Duration.ofMinutes(1), connections, Duration.ofMinutes(5),
                Retry.STANDARD);
    }
}
