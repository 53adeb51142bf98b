// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.harboree.transaction.Jdbc;

/** Rows of {@code repository}. */
@Dependent
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
     */
    RepositoryRef findOrCreate(String name, long projectId) {
        return findOrCreate(Map.of(name, projectId), new HashSet<>()).get(name);
    }

    /**
     * The same for many, by their names.
     *
     * @param projects ids of their projects by name, in the order in which they are made
     * @param made takes the ids of those that were made
     */
    Map<String, RepositoryRef> findOrCreate(Map<String, Long> projects, Set<Long> made) {
        Map<String, RepositoryRef> found = findAll(projects.keySet());
        List<RepositoryRef> left = found.values().stream()
                .filter(repository -> repository.projectId() != projects.get(repository.name())).toList();
        left.forEach(repository -> {
            delete(repository);
            found.remove(repository.name());
        });
        List<String> missing = projects.keySet().stream().filter(name -> !found.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            Optional<Map<String, RepositoryRef>> inserted = insert(missing, projects);
            inserted.ifPresent(all -> all.values().forEach(repository -> made.add(repository.id())));
            found.putAll(inserted.orElseGet(() -> findAll(missing)));
        }
        return found;
    }

    private Map<String, RepositoryRef> findAll(Collection<String> names) {
        List<String> asked = Jdbc.padded(names);
        Map<String, RepositoryRef> found = new HashMap<>();
        Jdbc.list(entities, "SELECT repository_id, project_id, published, name FROM repository WHERE name IN ("
                + Sql.placeholders(asked.size()) + ")", row -> new RepositoryRef(row.getLong(1), row.getLong(2),
                row.getString(4), row.getBoolean(3)), asked.toArray())
                .forEach(repository -> found.put(repository.name(), repository));
        return found;
    }

    private void delete(RepositoryRef repository) {
        entities.createNativeQuery("DELETE FROM repository WHERE repository_id = ?")
                .setParameter(1, repository.id())
                .executeUpdate();
    }

    /** Empty if another unit has made one of them meanwhile; then all are there. */
    private Optional<Map<String, RepositoryRef>> insert(List<String> names, Map<String, Long> projects) {
        // what is there already has to change, for only a change is told
        return Jdbc.insertAllWithKeys(entities,
                "INSERT INTO repository (project_id, name, creation_time, update_time) VALUES",
                "(?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))",
                " ON DUPLICATE KEY UPDATE update_time = update_time + INTERVAL 1 MICROSECOND",
                names.stream().map(name -> new Object[] {projects.get(name), name}).toList())
                .map(ids -> {
                    Map<String, RepositoryRef> inserted = new HashMap<>();
                    for (int i = 0; i < names.size(); i++) {
                        String name = names.get(i);
                        inserted.put(name, new RepositoryRef(ids.get(i), projects.get(name), name, false));
                    }
                    return inserted;
                });
    }

    /**
     * The repositories hold an artifact now. Takes the rows' locks, so it comes before whatever refers to the rows.
     *
     * @return how many of them had never held one: until this transaction ends these have no other
     */
    int publish(Collection<Long> repositoryIds) {
        List<Long> ids = Jdbc.padded(repositoryIds);
        return Jdbc.update(entities, "UPDATE repository SET published = TRUE, update_time = UTC_TIMESTAMP(6)"
                + " WHERE repository_id IN (" + Sql.placeholders(ids.size()) + ") AND NOT published", ids.toArray());
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
