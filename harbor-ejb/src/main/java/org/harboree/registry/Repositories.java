// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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

    public Optional<RepositoryRef> find(RepositoryName name) {
        return cache.repositories.get(name.toString(), key -> work.call(() -> dao.find(key)));
    }

    /**
     * Runs one transaction in the repository of that name, which is made if there is none.
     *
     * @param project asked for inside the transaction, once in each attempt; refuses by throwing
     */
    public <T> T in(RepositoryName name, Supplier<ProjectRef> project, Function<RepositoryRef, T> unit) {
        Optional<RepositoryRef> remembered = Optional.ofNullable(cache.repositories.peek(name.toString()));
        AtomicInteger attempts = new AtomicInteger();
        try (Doubts doubts = new Doubts()) {
            return work.call(() -> {
                boolean first = attempts.getAndIncrement() == 0;
                ProjectRef room = project.get();
                return unit.apply(remembered.filter(repository -> first && isOpen(repository, room))
                        .orElseGet(() -> held(name.toString(), room, doubts)));
            });
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
    private RepositoryRef held(String name, ProjectRef project, Doubts doubts) {
        doubts.doubt(cache.repositories, name);
        projects.hold(project.id());
        return dao.findOrCreate(name, project.id());
    }

    /** The repositories of the writes of one unit of work, each looked for or made once. */
    final class Opening {
        private final Map<RepositoryWrite, RepositoryRef> remembered = new IdentityHashMap<>();
        private final Map<String, Long> wanted = new TreeMap<>();
        private final List<RepositoryWrite> waiting = new ArrayList<>();
        private final Set<Long> made = new HashSet<>();
        private final boolean makesAny;

        private Opening(List<RepositoryWrite> writes) {
            boolean all = true;
            for (RepositoryWrite write : writes) {
                RepositoryRef known = write.begin() ? cache.repositories.peek(write.name().toString()) : null;
                if (known != null) {
                    remembered.put(write, known);
                }
                all &= known != null && known.published();
            }
            makesAny = !all;
        }

        /** Whether a repository may be made, or be published, so that its project has to be held. */
        boolean makesAny() {
            return makesAny;
        }

        /**
         * A write whose caller may push there.
         *
         * @param project live, and held if {@link #makesAny}
         */
        void add(RepositoryWrite write, ProjectRef project) {
            RepositoryRef known = remembered.get(write);
            if (known != null && known.projectId() == project.id()) {
                // should it have been deleted meanwhile its foreign keys fail, and the next attempt looks
                write.goesTo(known);
            } else {
                wanted.put(write.name().toString(), project.id());
                waiting.add(write);
            }
        }

        /** Finds or makes what is not remembered. */
        void open() {
            if (waiting.isEmpty()) {
                return;
            }
            waiting.forEach(write -> write.doubts().doubt(cache.repositories, write.name().toString()));
            if (!makesAny) {
                wanted.values().stream().distinct().sorted().forEach(projects::hold);
            }
            Map<String, RepositoryRef> found = dao.findOrCreate(wanted, made);
            waiting.forEach(write -> write.goesTo(found.get(write.name().toString())));
        }

        /** Whether the repository is there since this unit, so that nobody else knows it. */
        boolean made(RepositoryRef repository) {
            return made.contains(repository.id());
        }
    }

    /** Begins an attempt of these writes, in a running unit. */
    public Opening opening(List<RepositoryWrite> writes) {
        return new Opening(writes);
    }

    /** What is left of a deleted project (uploads and unreferenced blobs) goes with it; its tokens open nothing more. */
    void forget(@Observes ProjectDeleted event) {
        work.run(() -> dao.deleteUnpublished(event.projectId()));
        cache.repositories.clear();
    }
}
