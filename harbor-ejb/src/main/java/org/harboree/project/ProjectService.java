// SPDX-License-Identifier: Apache-2.0
package org.harboree.project;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.harboree.access.AccessGuard;
import org.harboree.access.Caller;
import org.harboree.access.Permission;
import org.harboree.access.ProjectRef;
import org.harboree.access.Role;
import org.harboree.config.Settings;
import org.harboree.config.Settings.ProjectCreators;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.error.Reason;
import org.harboree.identity.UserService;
import org.harboree.listing.Page;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query;
import org.harboree.listing.Sort;
import org.harboree.transaction.ListQuery;
import org.harboree.transaction.UnitOfWork;

/**
 * Projects, under Harbor's rules.
 *
 * <p>SUPPORTS lets a call inside a running {@link UnitOfWork} join it; bean-managed transactions would suspend it.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class ProjectService {
    /** What {@link #list} can be filtered and sorted by. */
    public static final Map<String, Query.Kind> KEYS = ListQuery.kinds(ProjectDao.COLUMNS);

    /** The order where none is asked for. */
    public static final Sort BY_NAME = Sort.by(new Sort.Key("name", false));

    private AccessGuard guard;
    private Projects directory;
    private ProjectDao projects;
    private ProjectMemberDao members;
    private ProjectReader reader;
    private MetadataStore metadata;
    private Settings settings;
    private UnitOfWork unitOfWork;
    private Consumer<Object> events;

    /** For the container's proxies. */
    public ProjectService() {
    }

    @Inject
    ProjectService(AccessGuard guard, Projects directory, ProjectDao projects, ProjectMemberDao members,
            ProjectReader reader, MetadataStore metadata, Settings settings, UnitOfWork unitOfWork,
            @Any Event<Object> events) {
        this(guard, directory, projects, members, reader, metadata, settings, unitOfWork,
                (Consumer<Object>) events::fire);
    }

    ProjectService(AccessGuard guard, Projects directory, ProjectDao projects, ProjectMemberDao members,
            ProjectReader reader, MetadataStore metadata, Settings settings, UnitOfWork unitOfWork,
            Consumer<Object> events) {
        this.guard = guard;
        this.directory = directory;
        this.projects = projects;
        this.members = members;
        this.reader = reader;
        this.metadata = metadata;
        this.settings = settings;
        this.unitOfWork = unitOfWork;
        this.events = events;
    }

    /** See {@link Projects#find(String)}. */
    public Optional<ProjectRef> find(String name) {
        return directory.find(name);
    }

    /** See {@link Projects#find(long)}. */
    public Optional<ProjectRef> find(long id) {
        return directory.find(id);
    }

    /** See {@link Projects#allowsSparseIndex}. */
    public boolean allowsSparseIndex(long id) {
        return directory.allowsSparseIndex(id);
    }

    /**
     * Makes a project, with the caller as owner and first project administrator.
     *
     * @throws HarborException BAD_REQUEST, CONFLICT (name in use), UNAUTHORIZED, FORBIDDEN where only system
     *     administrators may
     */
    public ProjectRef create(Caller caller, NewProject project) {
        guard.requireLogin(caller);
        if (settings.projectCreationRestriction() == ProjectCreators.ADMINONLY) {
            guard.requireSysadmin(caller);
        }
        project.requireValid();
        long owner = caller.kind() == Caller.Kind.USER ? caller.userId() : UserService.FIRST_ADMIN;
        return unitOfWork.call(() -> insert(project, owner));
    }

    /** Whether a project of that name is there, for everybody who is logged in. @throws HarborException UNAUTHORIZED */
    public boolean exists(Caller caller, String name) {
        guard.requireLogin(caller);
        return find(name).isPresent();
    }

    /** @throws HarborException as {@link Projects#resolve} */
    public ProjectDetails get(Caller caller, ProjectKey key) {
        ProjectRef project = directory.resolve(caller, key, Permission.PROJECT_READ);
        return unitOfWork.call(() -> projects.find(project.id())
                .map(row -> reader.details(caller, List.of(row)).get(0)))
                .orElseThrow(() -> Projects.missing(key));
    }

    /** What the caller may see: the public projects and their own; for a system administrator all. */
    public Page<ProjectDetails> list(Caller caller, ProjectFilter filter, Sort sort, PageRequest page) {
        return unitOfWork.call(() -> {
            Page<Project> rows = caller.sysadmin() ? projects.listAll(filter, sort, page)
                    : projects.listVisible(caller.userId(), filter, sort, page);
            return new Page<>(reader.details(caller, rows.items()), rows.total());
        });
    }

    /** The projects that the caller is a member of. @throws HarborException UNAUTHORIZED */
    public Page<ProjectDetails> listOwn(Caller caller, ProjectFilter filter, Sort sort, PageRequest page) {
        guard.requireLogin(caller);
        return unitOfWork.call(() -> {
            Page<Project> rows = projects.listOwn(caller.userId(), filter, sort, page);
            return new Page<>(reader.details(caller, rows.items()), rows.total());
        });
    }

    /** Sets the given metadata, leaving other keys as they are. @throws HarborException as {@link Projects#resolve} */
    public void update(Caller caller, ProjectKey key, Map<String, String> values) {
        ProjectRef project = directory.resolve(caller, key, Permission.PROJECT_UPDATE);
        unitOfWork.run(() -> {
            Project row = projects.lock(project.id()).orElseThrow(() -> Projects.missing(key));
            metadata.write(row, values);
        });
    }

    /**
     * Why the project cannot be deleted, empty if it can.
     *
     * @throws HarborException as {@link Projects#resolve}
     */
    public Optional<String> obstacleToDelete(Caller caller, ProjectKey key) {
        ProjectRef project = directory.resolve(caller, key, Permission.PROJECT_DELETE);
        return unitOfWork.call(() -> obstacle(project.id()));
    }

    /** @throws HarborException PRECONDITION if it has repositories; as {@link Projects#resolve} */
    public void delete(Caller caller, ProjectKey key) {
        ProjectRef project = directory.resolve(caller, key, Permission.PROJECT_DELETE);
        unitOfWork.run(() -> {
            Project row = projects.lock(project.id()).orElseThrow(() -> Projects.missing(key));
            obstacle(project.id()).ifPresent(reason -> {
                throw new HarborException(ErrorCode.PRECONDITION, reason).because(Reason.PROJECT_NOT_EMPTY);
            });
            row.delete();
            members.deleteAll(project.id());
            unitOfWork.afterCommit(() -> events.accept(new ProjectDeleted(project.id())));
        });
    }

    /** @throws HarborException as {@link Projects#resolve} */
    public ProjectSummary summary(Caller caller, ProjectKey key) {
        ProjectRef project = directory.resolve(caller, key, Permission.PROJECT_READ);
        boolean maySeeMembers = guard.allows(caller, Permission.MEMBER_LIST, project);
        return unitOfWork.call(() -> new ProjectSummary(reader.repositoryCount(project.id()),
                maySeeMembers ? Optional.of(members.counts(project.id())) : Optional.empty()));
    }

    private ProjectRef insert(NewProject project, long owner) {
        Project row = new Project(project.name(), owner, project.isPublic());
        projects.insert(row);
        members.insert(new ProjectMember(row.id(), owner, Role.PROJECT_ADMIN));
        metadata.write(row, project.metadata());
        return row.ref();
    }

    private Optional<String> obstacle(long projectId) {
        return reader.repositoryCount(projectId) > 0
                ? Optional.of("the project contains repositories, can not be deleted") : Optional.empty();
    }
}
