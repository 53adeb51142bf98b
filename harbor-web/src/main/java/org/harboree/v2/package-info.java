// SPDX-License-Identifier: Apache-2.0
/**
 * The OCI distribution API at {@code /v2}: each resource method parses, calls one service and renders.
 *
 * <p>Called by Docker, Podman, and any OCI client. It knows no policy and no table.
 */
package org.harboree.v2;
