// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
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
        return cache.repositories.get(name.toString(), key -> work.call(() -> dao.find(key)));
    }

    /**
     * Runs one transaction in the repository of that name, which is made if there is none.
     *
     * @param project asked for inside the transaction, once in each attempt; refuses by throwing
     */
    <T> T in(RepositoryName name, Supplier<ProjectRef> project, Function<RepositoryRef, T> unit) {
        return tryIn(name, () -> Optional.of(project.get()), repository -> Optional.of(unit.apply(repository)))
                .orElseThrow();
    }

    /** The same where the project may turn out to be empty: then no repository is made and nothing is done. */
    <T> Optional<T> tryIn(RepositoryName name, Supplier<Optional<ProjectRef>> project,
            Function<RepositoryRef, Optional<T>> unit) {
        Optional<RepositoryRef> remembered = Optional.ofNullable(cache.repositories.peek(name.toString()));
        List<String> doubted = new ArrayList<>();
        AtomicInteger attempts = new AtomicInteger();
        try {
            return work.call(() -> {
                boolean first = attempts.getAndIncrement() == 0;
                return project.get()
                        .map(room -> remembered.filter(repository -> first && isOpen(repository, room))
                                .orElseGet(() -> held(name.toString(), room, doubted)))
                        .flatMap(unit);
            });
        } finally {
            doubted.forEach(cache.repositories::settle);
        }
    }

    /**
     * Needs no look at its row and no lock: a project with a published repository cannot be deleted. Should the
     * repository itself be deleted before the transaction ends, its foreign keys fail, and the next attempt looks.
     */
    private static boolean isOpen(RepositoryRef repository, ProjectRef project) {
        return repository.published() && repository.projectId() == project.id();
    }

    /** The repository as its row is now, with its project held against deletion. */
    private RepositoryRef held(String name, ProjectRef project, List<String> doubted) {
        cache.repositories.doubt(name);
        doubted.add(name);
        projects.hold(project.id());
        return dao.findOrCreate(name, project.id());
    }

    /** What is left of a deleted project (uploads and unreferenced blobs) goes with it; its tokens open nothing more. */
    void forget(@Observes ProjectDeleted event) {
        work.run(() -> dao.deleteUnpublished(event.projectId()));
        cache.repositories.clear();
    }
}
