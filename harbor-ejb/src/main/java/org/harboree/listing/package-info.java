// SPDX-License-Identifier: Apache-2.0
/**
 * How a list is asked for and paged: page, sort order, Harbor's {@code q} and the {@code Link} header.
 *
 * <p>Everybody may call in: a resource parses with it, a DAO reads the outcome. Which keys a list has it learns from
 * its caller; it knows nothing of HTTP classes, SQL or the database.
 */
package org.harboree.listing;
