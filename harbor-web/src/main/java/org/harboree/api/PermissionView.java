// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

/** Harbor's {@code Permission}. */
record PermissionView(String resource, String action) {
}
