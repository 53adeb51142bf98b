// SPDX-License-Identifier: Apache-2.0
package org.harboree.project;

import java.util.Collection;
import java.util.Map;

/** The port through which projects learn how much stands in them; the registry implements it. */
public interface ProjectContents {
    /** How many repositories each project has, in the running transaction; a project without one may be missing. */
    Map<Long, Long> repositoryCounts(Collection<Long> projectIds);
}
