// SPDX-License-Identifier: Apache-2.0
/**
 * A real database for tests: the one that the properties name, or a MariaDB that is started once for the JVM.
 *
 * <p>Tests of DAOs, services and migrations use {@link org.harboree.database.TestDatabase}.
 */
package org.harboree.database;
