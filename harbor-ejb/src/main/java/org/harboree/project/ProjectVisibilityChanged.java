// SPDX-License-Identifier: Apache-2.0
package org.harboree.project;

/** Fired after the commit: the project was made public or private. */
public record ProjectVisibilityChanged(long projectId, boolean isPublic) {
}
