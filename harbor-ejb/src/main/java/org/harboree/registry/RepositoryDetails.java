// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import java.time.Instant;

/**
 * A repository as the API and the console show it.
 *
 * @param name full, {@code project/rest}
 * @param description empty if nobody wrote one
 * @param artifactCount of what a list of its artifacts shows
 */
public record RepositoryDetails(long id, long projectId, String name, String description, long artifactCount,
        long pullCount, Instant creationTime, Instant updateTime) {}
