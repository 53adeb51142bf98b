// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.harboree.project.ProjectContents;

/** Tells projects how many repositories stand in them; what nothing was pushed to does not count. */
@ApplicationScoped
public class RepositoryContents implements ProjectContents {
    @Inject
    private RepositoryListDao repositories;

    @Override
    public long repositoryCount(long projectId) {
        return repositories.countsByProject(List.of(projectId)).getOrDefault(projectId, 0L);
    }
}
