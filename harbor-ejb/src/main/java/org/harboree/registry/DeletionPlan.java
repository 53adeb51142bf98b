// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import java.util.List;

/**
 * What a deletion would do, as things stand now.
 *
 * @param digests of those asked for that can be deleted
 * @param needed how many of those asked for cannot, because an index needs them that would stay
 * @param artifacts that would go, with those that only served the ones asked for
 * @param bytes of their content, each blob once
 * @param freedBytes those that nothing else in the registry refers to
 */
public record DeletionPlan(List<String> digests, int needed, long artifacts, long tags, long bytes, long freedBytes) {}
