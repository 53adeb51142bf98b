// SPDX-License-Identifier: Apache-2.0
/**
 * The ground under every table: where a transaction begins and ends, and how the schema gets there.
 *
 * <p>Services call {@link org.harboree.transaction.UnitOfWork}; Hibernate calls the rest while it boots. Nothing here
 * knows an entity, a table or any other package of the domain.
 */
package org.harboree.transaction;
