// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Tuple;
import java.util.List;
import java.util.Optional;

/** Rows of {@code repository}. */
@ApplicationScoped
class RepositoryDao {
    @PersistenceContext(unitName = "harbor")
    private EntityManager entities;

    Optional<RepositoryRef> find(String name) {
        return Sql.first(entities.createNativeQuery(
                                "SELECT repository_id, project_id, published FROM repository WHERE name = ?", Tuple.class)
                        .setParameter(1, name))
                .map(row -> new RepositoryRef(Sql.number(row, 0), Sql.number(row, 1), name, Sql.flag(row, 2)));
    }

    /**
     * The repository of that name in that project, made if there is none. A row that a deleted project of the same name
     * left behind (it can hold uploads and links, never an artifact) makes way, and so does its id: what is remembered
     * of the old repository is never true of the new one.
     */
    RepositoryRef findOrCreate(String name, long projectId) {
        Optional<RepositoryRef> found = find(name);
        if (found.isPresent() && found.get().projectId() != projectId) {
            delete(found.get());
            found = Optional.empty();
        }
        return found.orElseGet(() -> insert(name, projectId));
    }

    private void delete(RepositoryRef repository) {
        entities.createNativeQuery("DELETE FROM repository WHERE repository_id = ?")
                .setParameter(1, repository.id())
                .executeUpdate();
    }

    private RepositoryRef insert(String name, long projectId) {
        entities.createNativeQuery("INSERT INTO repository (project_id, name, creation_time, update_time)"
                        + " VALUES (?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))"
                        + " ON DUPLICATE KEY UPDATE repository_id = repository_id")
                .setParameter(1, projectId)
                .setParameter(2, name)
                .executeUpdate();
        return find(name).orElseThrow();
    }

    /** The repository holds an artifact now. Takes the row's lock, so it comes before whatever refers to the row. */
    void publish(long repositoryId) {
        entities.createNativeQuery("UPDATE repository SET published = TRUE, update_time = UTC_TIMESTAMP(6)"
                        + " WHERE repository_id = ?")
                .setParameter(1, repositoryId)
                .executeUpdate();
    }

    /** Repositories of the project that never held an artifact; their links and uploads go with them. */
    void deleteUnpublished(long projectId) {
        entities.createNativeQuery("DELETE FROM repository WHERE project_id = ? AND NOT published")
                .setParameter(1, projectId)
                .executeUpdate();
    }

    /** Names after {@code last} in byte order that hold at least one artifact. */
    @SuppressWarnings("unchecked")
    List<String> catalog(String last, int limit) {
        return entities.createNativeQuery("SELECT r.name FROM repository r WHERE r.published AND r.name > ?"
                        + " AND EXISTS (SELECT 1 FROM artifact a WHERE a.repository_id = r.repository_id)"
                        + " ORDER BY r.name", String.class)
                .setParameter(1, last)
                .setMaxResults(limit)
                .getResultList();
    }
}
