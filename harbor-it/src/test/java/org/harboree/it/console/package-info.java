// SPDX-License-Identifier: Apache-2.0
/**
 * The console in a real browser: one {@code *UiIT} for each page. {@link org.harboree.it.console.Console} is the browser,
 * {@link org.harboree.it.console.Looks} what every page is checked for. See docs/console.md.
 */
package org.harboree.it.console;
