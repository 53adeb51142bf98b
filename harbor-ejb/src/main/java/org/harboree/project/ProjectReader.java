// SPDX-License-Identifier: Apache-2.0
package org.harboree.project;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.harboree.access.Caller;
import org.harboree.access.Role;

/** Puts together what a project is shown with. Works in a running unit. */
@ApplicationScoped
public class ProjectReader {
    private ProjectDao projects;
    private ProjectMemberDao members;
    private MetadataStore metadata;
    private ProjectContents contents;

    /** For the container's proxies. */
    protected ProjectReader() {
    }

    @Inject
    ProjectReader(ProjectDao projects, ProjectMemberDao members, MetadataStore metadata, ProjectContents contents) {
        this.projects = projects;
        this.members = members;
        this.metadata = metadata;
        this.contents = contents;
    }

    List<ProjectDetails> details(Caller caller, List<Project> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        List<Long> ids = rows.stream().map(Project::id).toList();
        Set<Long> owners = rows.stream().map(Project::ownerId).collect(Collectors.toSet());
        Map<Long, String> ownerNames = projects.userNames(owners);
        Map<Long, Set<Role>> roles = caller.kind() == Caller.Kind.USER ? members.roles(caller.userId(), ids) : Map.of();
        Map<Long, Map<String, String>> values = metadata.read(rows);
        Map<Long, Long> repositories = contents.repositoryCounts(ids);
        return rows.stream()
                .map(row -> new ProjectDetails(row.ref(), row.ownerId(), ownerNames.getOrDefault(row.ownerId(), ""),
                        row.creationTime(), row.updateTime(), roles.getOrDefault(row.id(), Set.of()),
                        repositories.getOrDefault(row.id(), 0L), values.get(row.id())))
                .toList();
    }

    long repositoryCount(long projectId) {
        return contents.repositoryCounts(List.of(projectId)).getOrDefault(projectId, 0L);
    }
}
