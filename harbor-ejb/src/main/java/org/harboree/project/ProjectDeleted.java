// SPDX-License-Identifier: Apache-2.0
package org.harboree.project;

/** Fired after the commit: the project is gone and its name is free. */
public record ProjectDeleted(long projectId) {
}
