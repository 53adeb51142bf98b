// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import java.time.Instant;
import java.util.Optional;

/** A tag as the API and the console show it. */
public record TagDetails(long id, long repositoryId, long artifactId, String name, Instant pushTime,
        Optional<Instant> pullTime) {}
