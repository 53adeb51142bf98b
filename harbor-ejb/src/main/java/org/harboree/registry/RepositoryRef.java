// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

/**
 * A repository that exists: its row, its project and its full name ({@code project/rest}).
 *
 * @param published whether it held an artifact when the row was read
 */
public record RepositoryRef(long id, long projectId, String name, boolean published) {}
