// SPDX-License-Identifier: Apache-2.0
/**
 * Numbers over everything: how many projects and repositories there are, and how much they hold.
 *
 * <p>The API and the console call {@link org.harboree.statistics.StatisticsService}. It only reads, and no package of
 * the domain may need it.
 */
package org.harboree.statistics;
