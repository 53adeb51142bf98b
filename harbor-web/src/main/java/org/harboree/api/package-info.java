// SPDX-License-Identifier: Apache-2.0
/**
 * Harbor's REST API, {@code /api/v2.0} and {@code /api/version}: path, query and JSON in, one service call, JSON out.
 *
 * <p>Called by HTTP clients only. It decides no right and holds no rule: services do. What a client sees is a
 * {@code *View} record here, never an entity; what it sends is a {@code *Body} record, read by {@link
 * org.harboree.api.JsonBody}.
 */
package org.harboree.api;
