// SPDX-License-Identifier: Apache-2.0
/**
 * The launcher as the one who starts it sees it: what it prints, its exit code, what it leaves behind. Each test has a
 * data folder of its own. Nothing here may know a class of the product.
 */
package org.harboree.it.launcher;
