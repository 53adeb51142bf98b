// SPDX-License-Identifier: Apache-2.0
/**
 * The clients that people use, run as they run them, against the product: one {@code *ClientIT} a client, and the OCI
 * conformance suite. A missing client fails its test: {@code .ci/install} puts all of them on a machine. Nothing here
 * may speak the registry protocol itself.
 */
package org.harboree.it.client;
