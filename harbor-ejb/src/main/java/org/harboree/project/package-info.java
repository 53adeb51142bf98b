// SPDX-License-Identifier: Apache-2.0
/**
 * Projects, their metadata and their members: the rooms that repositories stand in and that roles are held in.
 *
 * <p>The API and the console call the services, the packages above resolve a name through
 * {@link org.harboree.project.Projects}. This package must not know repositories: it asks for their number through
 * {@link org.harboree.project.ProjectContents}.
 */
package org.harboree.project;
