// SPDX-License-Identifier: Apache-2.0
/**
 * The catalogue of bad inputs, as data: {@link org.harboree.it.badinput.BadInputIT} sends each row and holds the answer
 * against what the row expects and against the rules of every answer. Requests go over plain sockets, since most of
 * them are such that no HTTP client would send them. Nothing here may know a class of the product.
 */
package org.harboree.it.badinput;
