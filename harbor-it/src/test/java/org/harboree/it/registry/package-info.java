// SPDX-License-Identifier: Apache-2.0
/**
 * What the registry promises its clients beside the specification, from outside: its shortcuts can be told from the long
 * way by their speed only, and tokens and keys come to their end without a request that fails.
 *
 * <p>Plain HTTP, no registry client between.
 */
package org.harboree.it.registry;
