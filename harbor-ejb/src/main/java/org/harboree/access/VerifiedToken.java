// SPDX-License-Identifier: Apache-2.0
package org.harboree.access;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * A registry token whose signature and claims hold.
 *
 * @param caller who it was issued to, as of then
 * @param repositories what it allows, by full repository name
 * @param catalog whether it opens the catalog
 * @param expires the token is worth nothing from here on
 */
public record VerifiedToken(
        Caller caller, Map<String, RepositoryRights> repositories, boolean catalog, Instant issued, Instant expires) {

    /** Rights on one repository; they hold in that very project, not in a later one of the same name. */
    public record RepositoryRights(long projectId, Set<Action> actions) {}

    /** Whether the token allows the action on a repository of that name, in whatever project it was issued for. */
    public boolean names(String repository, Action action) {
        RepositoryRights rights = repositories.get(repository);
        return rights != null && rights.actions().contains(action);
    }

    /** Whether the token allows the action on this repository of this project. */
    public boolean allows(String repository, long projectId, Action action) {
        RepositoryRights rights = repositories.get(repository);
        return names(repository, action) && rights.projectId() == projectId;
    }
}
