// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

/** Whose executions: a type of Harbor's, and which of them. */
record Vendor(String type, long id) {
}
