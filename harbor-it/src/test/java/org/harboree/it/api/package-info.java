// SPDX-License-Identifier: Apache-2.0
/**
 * Harbor's REST API over HTTP: statuses, headers, bodies, and who may do what.
 *
 * <p>Any server can be tested: every test makes what it needs under names of its own.
 */
package org.harboree.it.api;
