// SPDX-License-Identifier: Apache-2.0
package org.harboree.project;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.harboree.transaction.UnitOfWork;

/** Reads and writes metadata: one key is a column of the project, the others are rows. Works in a running unit. */
@ApplicationScoped
public class MetadataStore {
    private ProjectDao projects;
    private UnitOfWork unitOfWork;
    private Consumer<Object> events;

    /** For the container's proxies. */
    protected MetadataStore() {
    }

    @Inject
    MetadataStore(ProjectDao projects, UnitOfWork unitOfWork, @Any Event<Object> events) {
        this(projects, unitOfWork, (Consumer<Object>) events::fire);
    }

    MetadataStore(ProjectDao projects, UnitOfWork unitOfWork, Consumer<Object> events) {
        this.projects = projects;
        this.unitOfWork = unitOfWork;
        this.events = events;
    }

    Map<String, String> read(Project project) {
        return read(List.of(project)).get(project.id());
    }

    /** Metadata by project id, for every one of the projects. */
    Map<Long, Map<String, String>> read(Collection<Project> rows) {
        Map<Long, Map<String, String>> metadata = new HashMap<>();
        for (Project row : rows) {
            Map<String, String> own = new TreeMap<>();
            own.put(MetadataKey.PUBLIC.key(), String.valueOf(row.isPublic()));
            metadata.put(row.id(), own);
        }
        projects.metadata(metadata.keySet()).forEach(one -> metadata.get(one.projectId()).put(one.name(), one.value()));
        return metadata;
    }

    void write(Project row, Map<String, String> metadata) {
        metadata.forEach((name, value) -> write(row, MetadataKey.of(name), value));
    }

    private void write(Project row, MetadataKey key, String value) {
        String normal = key.normalised(value);
        if (key == MetadataKey.PUBLIC) {
            setPublic(row, Boolean.parseBoolean(normal));
        } else {
            projects.metadata(row.id(), key.key()).ifPresentOrElse(old -> old.change(normal),
                    () -> projects.insert(new ProjectMetadata(row.id(), key.key(), normal)));
        }
    }

    /** Deleting {@code public} makes the project private. */
    void delete(Project row, MetadataKey key) {
        if (key == MetadataKey.PUBLIC) {
            setPublic(row, false);
        } else {
            projects.metadata(row.id(), key.key()).ifPresent(projects::delete);
        }
    }

    private void setPublic(Project row, boolean isPublic) {
        if (row.isPublic() != isPublic) {
            row.setPublic(isPublic);
            long id = row.id();
            unitOfWork.afterCommit(() -> events.accept(new ProjectVisibilityChanged(id, isPublic)));
        }
    }
}
