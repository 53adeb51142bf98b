// SPDX-License-Identifier: Apache-2.0
/**
 * Every setting of the product in one typed table, and the box that keeps secrets encrypted at rest.
 *
 * <p>Anybody above may read settings here. This package must not know what a setting is used for.
 */
package org.harboree.config;
