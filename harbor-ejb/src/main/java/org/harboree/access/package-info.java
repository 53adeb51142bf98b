// SPDX-License-Identifier: Apache-2.0
/**
 * Who is calling, and what a role may do: the one table of permissions and the one guard that reads it.
 *
 * <p>Every service asks {@link org.harboree.access.AccessGuard} first. This package must not know how callers are
 * authenticated nor what a project is beyond {@link org.harboree.access.ProjectRef}.
 */
package org.harboree.access;
