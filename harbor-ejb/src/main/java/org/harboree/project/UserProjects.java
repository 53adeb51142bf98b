// SPDX-License-Identifier: Apache-2.0
package org.harboree.project;

/**
 * How a user stands in the projects, for who is about to delete the account.
 *
 * @param memberOf in how many projects the user has a role, which ends with the account
 * @param owned how many projects name the user as owner; they stay
 */
public record UserProjects(long memberOf, long owned) {
}
