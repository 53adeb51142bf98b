// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import org.harboree.transaction.Jdbc;

/** Rows of {@code repository}. */
@ApplicationScoped
class RepositoryDao {
    @PersistenceContext(unitName = "harbor")
    private EntityManager entities;

    Optional<RepositoryRef> find(String name) {
        return Jdbc.first(entities, "SELECT repository_id, project_id, published FROM repository WHERE name = ?",
                row -> new RepositoryRef(row.getLong(1), row.getLong(2), name, row.getBoolean(3)), name);
    }

    /**
     * The repository of that name in that project, made if there is none. A row that a deleted project of the same name
     * left behind (it can hold uploads and links, never an artifact) makes way, and so does its id: what is remembered
     * of the old repository is never true of the new one.
     *
     * @return also as unpublished where another was faster and has published it: that is only said once more
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
        long id = Jdbc.insert(entities, "INSERT INTO repository (project_id, name, creation_time, update_time)"
                + " VALUES (?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))"
                + " ON DUPLICATE KEY UPDATE repository_id = LAST_INSERT_ID(repository_id)", projectId, name);
        return new RepositoryRef(id, projectId, name, false);
    }

    /**
     * The repository holds an artifact now. Takes the row's lock, so it comes before whatever refers to the row.
     *
     * @return whether it is the first one ever: then, until this transaction ends, there is no other
     */
    boolean publish(long repositoryId) {
        return Jdbc.update(entities, "UPDATE repository SET published = TRUE, update_time = UTC_TIMESTAMP(6)"
                + " WHERE repository_id = ? AND NOT published", repositoryId) == 1;
    }

    /** Repositories of the project that never held an artifact; their links and uploads go with them. */
    void deleteUnpublished(long projectId) {
        entities.createNativeQuery("DELETE FROM repository WHERE project_id = ? AND NOT published")
                .setParameter(1, projectId)
                .executeUpdate();
    }

    /**
     * Names after {@code last} in byte order that hold at least one artifact. The database would turn EXISTS into a
     * join and read all artifacts first; a subquery with a limit it asks for each name, until there are enough.
     */
    List<String> catalog(String last, int limit) {
        return Jdbc.list(entities, "SELECT r.name FROM repository r WHERE r.published AND r.name > ?"
                + " AND (SELECT a.artifact_id FROM artifact a WHERE a.repository_id = r.repository_id LIMIT 1) IS NOT NULL"
                + " ORDER BY r.name LIMIT ?", row -> row.getString(1), last, limit);
    }
}
