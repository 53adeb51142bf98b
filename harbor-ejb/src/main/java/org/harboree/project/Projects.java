// SPDX-License-Identifier: Apache-2.0
package org.harboree.project;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.harboree.access.AccessGuard;
import org.harboree.access.Caller;
import org.harboree.access.Permission;
import org.harboree.access.ProjectRef;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.transaction.UnitOfWork;

/** From a name or an id to the live project; for the services here and in the packages above. */
@ApplicationScoped
public class Projects {
    private AccessGuard guard;
    private ProjectDao projects;
    private ProjectMemberDao members;
    private UnitOfWork unitOfWork;

    /** For the container's proxies. */
    protected Projects() {
    }

    @Inject
    public Projects(AccessGuard guard, ProjectDao projects, ProjectMemberDao members, UnitOfWork unitOfWork) {
        this.guard = guard;
        this.projects = projects;
        this.members = members;
        this.unitOfWork = unitOfWork;
    }

    /** The live project of that name; asks for no right. */
    public Optional<ProjectRef> find(String name) {
        return unitOfWork.call(() -> projects.find(name)).map(Project::ref);
    }

    /** The live project of that id; asks for no right. */
    public Optional<ProjectRef> find(long id) {
        return unitOfWork.call(() -> projects.find(id)).map(Project::ref);
    }

    /** The live project of that name, with the user of that id in it; asks for no right. */
    public Optional<Standing> standing(String name, long userId) {
        return unitOfWork.call(() -> members.standing(name, userId));
    }

    /** The same, with the project held as {@link #hold} does, in the running transaction. */
    public Optional<Standing> heldStanding(String name, long userId) {
        return members.heldStanding(name, userId);
    }

    /**
     * The project, for a caller who may.
     *
     * @throws HarborException UNAUTHORIZED or FORBIDDEN without the right, and also if there is no such project, so
     *     that strangers cannot learn which there are; a system administrator is told NOT_FOUND
     */
    public ProjectRef resolve(Caller caller, ProjectKey key, Permission permission) {
        Optional<ProjectRef> project = find(key);
        if (project.isEmpty()) {
            guard.requireSysadmin(caller);
            throw missing(key);
        }
        guard.require(caller, permission, project.get());
        return project.get();
    }

    /**
     * Holds the project against deletion until the running transaction ends: whoever puts something into a project
     * calls this first, in the same transaction.
     *
     * @throws HarborException NOT_FOUND if it was deleted meanwhile
     */
    public void hold(long id) {
        if (!projects.hold(id)) {
            throw missing(ProjectKey.ofId(id));
        }
    }

    /** Whether the project takes an index whose manifests are not all in the repository. */
    public boolean allowsSparseIndex(long id) {
        return unitOfWork.call(() -> projects.metadata(id, MetadataKey.ALLOW_SPARSE_INDEX.key()))
                .map(ProjectMetadata::value).filter("true"::equals).isPresent();
    }

    Optional<ProjectRef> find(ProjectKey key) {
        return key.id().map(this::find).orElseGet(() -> find(key.name().orElseThrow()));
    }

    static HarborException missing(ProjectKey key) {
        String what = key.id().map(String::valueOf).orElseGet(() -> key.name().orElseThrow());
        return new HarborException(ErrorCode.NOT_FOUND, "project " + what + " not found");
    }
}
