// SPDX-License-Identifier: Apache-2.0
package org.harboree.identity;

/** What everybody who is logged in may know of a user. */
public record UserName(long id, String username) {
}
