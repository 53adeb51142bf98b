// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Function;
import org.harboree.access.ProjectRef;
import org.harboree.oci.RepositoryName;
import org.harboree.project.ProjectDeleted;
import org.harboree.project.Projects;
import org.harboree.transaction.UnitOfWork;

/** Finds repositories by name, and makes one where something is pushed. */
@ApplicationScoped
class Repositories {
    @Inject
    private RepositoryDao dao;

    @Inject
    private PullCache cache;

    @Inject
    private Projects projects;

    @Inject
    private UnitOfWork work;

    Optional<RepositoryRef> find(RepositoryName name) {
        return cache.repositories.get(name.toString(), dao::find);
    }

    /** Runs one transaction in the repository of that name and project, which is made if there is none. */
    <T> T in(RepositoryName name, ProjectRef project, Function<RepositoryRef, T> unit) {
        boolean foreign = find(name).filter(repository -> repository.projectId() != project.id()).isPresent();
        if (!foreign) {
            return work.call(() -> unit.apply(held(name, project)));
        }
        cache.repositories.doubt(name.toString());
        try {
            return work.call(() -> unit.apply(held(name, project)));
        } finally {
            cache.repositories.settle(name.toString());
        }
    }

    /**
     * The repository, with its project held against deletion. A project with a published repository cannot be deleted,
     * so it need not be held.
     */
    private RepositoryRef held(RepositoryName name, ProjectRef project) {
        return dao.find(name.toString())
                .filter(found -> found.published() && found.projectId() == project.id())
                .orElseGet(() -> {
                    projects.hold(project.id());
                    return dao.findOrCreate(name.toString(), project.id());
                });
    }

    /** What is left of a deleted project (uploads and unreferenced blobs) goes with it; its tokens open nothing more. */
    void forget(@Observes ProjectDeleted event) {
        work.run(() -> dao.deleteUnpublished(event.projectId()));
        cache.repositories.clear();
    }
}
