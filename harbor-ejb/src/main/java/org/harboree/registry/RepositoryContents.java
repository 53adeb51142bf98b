// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Map;
import org.harboree.project.ProjectContents;

/** Tells projects how many repositories stand in them; what nothing was pushed to does not count. */
@ApplicationScoped
public class RepositoryContents implements ProjectContents {
    @Inject
    private RepositoryListDao repositories;

    @Override
    public Map<Long, Long> repositoryCounts(Collection<Long> projectIds) {
        return repositories.countsByProject(projectIds);
    }
}
