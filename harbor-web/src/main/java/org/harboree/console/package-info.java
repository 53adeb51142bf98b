// SPDX-License-Identifier: Apache-2.0
/**
 * The console: what stands behind the pages of {@code webapp/harbor}.
 *
 * <p>A page and its bean have one stem ({@code project-list.xhtml}, {@code ProjectListView}). A bean reads its state
 * from the address, calls the same services as the REST API, and holds nothing between requests; what is forbidden the
 * service refuses, and {@link org.harboree.console.ProblemHandler} says so. See docs/console.md.
 */
package org.harboree.console;
