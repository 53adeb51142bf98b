// SPDX-License-Identifier: Apache-2.0
/**
 * The servers that share one database: whether this one is alone, and so may answer from memory.
 *
 * <p>Plain statements on connections of their own: it works before the persistence unit does, and no unit of work.
 */
package org.harboree.node;
