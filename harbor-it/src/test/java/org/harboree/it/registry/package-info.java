// SPDX-License-Identifier: Apache-2.0
/**
 * The registry's own shortcuts, from outside: they must be told from the long way by their speed only.
 *
 * <p>Plain HTTP, no registry client between.
 */
package org.harboree.it.registry;
