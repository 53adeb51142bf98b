// SPDX-License-Identifier: Apache-2.0
/**
 * Starts the database and the server that the build has made, watches both, and stops them in order. Called by
 * {@code mvn -Prun} and by tests, as a process of its own; it knows nothing of the application but its environment
 * variables and its ping address.
 */
package org.harboree.launcher;
