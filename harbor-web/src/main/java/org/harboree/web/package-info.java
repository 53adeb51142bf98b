// SPDX-License-Identifier: Apache-2.0
/**
 * What every door of the application shares: request ids, credentials, error bodies.
 *
 * <p>Used by the resources of {@code v2}, {@code token} and {@code api}; it decides nothing about rights.
 */
package org.harboree.web;
