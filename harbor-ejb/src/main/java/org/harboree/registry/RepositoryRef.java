// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

/** A repository that exists: its row, its project and its full name ({@code project/rest}). */
public record RepositoryRef(long id, long projectId, String name) {}
