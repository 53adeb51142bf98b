// SPDX-License-Identifier: Apache-2.0
/**
 * Users and how they prove who they are.
 *
 * <p>The doors turn credentials into a {@link org.harboree.access.Caller} through
 * {@link org.harboree.identity.Authentication}; the API and the console manage accounts through
 * {@link org.harboree.identity.UserService}. This package must not know projects.
 */
package org.harboree.identity;
