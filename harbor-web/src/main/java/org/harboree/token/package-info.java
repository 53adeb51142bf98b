// SPDX-License-Identifier: Apache-2.0
/**
 * The token service at {@code /service/token}: Docker's token protocol, and the keys by which others trust it.
 *
 * <p>Called by registry clients and by registries that accept our tokens.
 */
package org.harboree.token;
