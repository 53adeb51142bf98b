// SPDX-License-Identifier: Apache-2.0
package org.harboree.statistics;

/**
 * What the caller may count: the public, and of the private what they are a member of.
 *
 * @param totalProjects and the two other totals are 0 for all but system administrators
 * @param totalStorageBytes each content once, however many repositories hold it
 */
public record Statistics(long privateProjects, long privateRepositories, long publicProjects, long publicRepositories,
        long totalProjects, long totalRepositories, long totalStorageBytes) {
}
