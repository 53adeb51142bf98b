// SPDX-License-Identifier: Apache-2.0
package org.harboree.project;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.harboree.access.ProjectRef;
import org.harboree.access.Role;

/**
 * A project as the API and the console show it.
 *
 * @param ownerName empty if the owner's account was deleted
 * @param roles what the caller is in it
 * @param metadata all keys that are set, {@code public} always
 */
public record ProjectDetails(ProjectRef ref, long ownerId, String ownerName, Instant creationTime, Instant updateTime,
        Set<Role> roles, long repositoryCount, Map<String, String> metadata) {
}
