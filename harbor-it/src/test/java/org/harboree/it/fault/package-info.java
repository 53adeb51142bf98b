// SPDX-License-Identifier: Apache-2.0
/**
 * What must hold when things go wrong or come all at once: crashes, many writers, layers larger than memory. Nothing
 * here may know a class of the product, but for the names of the methods at which it is killed.
 */
package org.harboree.it.fault;
