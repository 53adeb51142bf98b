// SPDX-License-Identifier: Apache-2.0
package org.harboree.project;

/** The port through which a project learns how much stands in it; the registry implements it. */
public interface ProjectContents {
    /** How many repositories the project has, in the running transaction. */
    long repositoryCount(long projectId);
}
