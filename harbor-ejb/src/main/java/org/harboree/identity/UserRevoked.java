// SPDX-License-Identifier: Apache-2.0
package org.harboree.identity;

/** Fired after the commit: the user was deleted, demoted or has another password; what they hold is to be dropped. */
public record UserRevoked(long userId) {
}
