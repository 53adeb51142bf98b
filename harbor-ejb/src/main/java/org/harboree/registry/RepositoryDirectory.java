// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.harboree.access.Caller;
import org.harboree.access.Permission;
import org.harboree.access.ProjectRef;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.oci.RepositoryName;
import org.harboree.project.ProjectKey;
import org.harboree.project.Projects;
import org.harboree.transaction.UnitOfWork;

/** From the names in a path of the API to the repository, for a caller who may. */
@ApplicationScoped
class RepositoryDirectory {
    @Inject
    private Projects projects;

    @Inject
    private RepositoryListDao repositories;

    @Inject
    private UnitOfWork work;

    /** @throws HarborException as {@link Projects#resolve} */
    ProjectRef project(Caller caller, String project, Permission permission) {
        return projects.resolve(caller, ProjectKey.ofName(project), permission);
    }

    /**
     * The repository, as the database has it now.
     *
     * @param repository its name inside the project
     * @throws HarborException as {@link Projects#resolve}; NOT_FOUND if there is no such repository, or none that
     *     anything was pushed to
     */
    RepositoryRef repository(Caller caller, String project, String repository, Permission permission) {
        return findRepository(caller, project, repository, permission)
                .orElseThrow(() -> missing(project + "/" + repository));
    }

    /** The same, empty where it throws NOT_FOUND for the repository. @throws HarborException as {@link #project} */
    Optional<RepositoryRef> findRepository(Caller caller, String project, String repository, Permission permission) {
        ProjectRef room = project(caller, project, permission);
        return name(room.name() + "/" + repository).flatMap(name -> work.call(() -> repositories.find(name)))
                .filter(found -> found.projectId() == room.id());
    }

    /** What can be no name names nothing. */
    private static Optional<String> name(String text) {
        try {
            return Optional.of(RepositoryName.parse(text).value());
        } catch (HarborException e) {
            return Optional.empty();
        }
    }

    static HarborException missing(String name) {
        return new HarborException(ErrorCode.NOT_FOUND, "repository " + name + " not found");
    }
}
