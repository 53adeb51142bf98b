// SPDX-License-Identifier: Apache-2.0
/**
 * The one table of everything that can go wrong for a client: code, HTTP status, message.
 *
 * <p>Anybody may throw from here; nothing here knows HTTP classes, the database or any other package.
 */
package org.harboree.error;
