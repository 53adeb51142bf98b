// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.harboree.project.ProjectContents;
import org.harboree.transaction.UnitOfWork;

/** Tells a project how many repositories it has: while there is one, the project cannot be deleted. */
@ApplicationScoped
public class RepositoryCount implements ProjectContents {
    @Inject
    private RepositoryDao repositories;

    @Inject
    private UnitOfWork work;

    @Override
    public long repositoryCount(long projectId) {
        return work.call(() -> repositories.countPublished(projectId));
    }
}
