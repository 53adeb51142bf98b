// SPDX-License-Identifier: Apache-2.0
package org.harboree.project;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.harboree.access.AccessGuard;
import org.harboree.access.Caller;
import org.harboree.access.ProjectRef;
import org.harboree.config.PropertyDao;
import org.harboree.config.Settings;
import org.harboree.database.TestDatabase;
import org.harboree.identity.Accounts;
import org.harboree.transaction.UnitOfWork;

/** What the container wires in production, over a test database; the number of repositories is as the test says. */
final class Rooms {
    static final String[] TABLES = {"project", "project_member", "project_metadata", "harbor_user", "properties"};

    final UnitOfWork unitOfWork;
    final Accounts accounts;
    final ProjectDao projectDao;
    final Projects projects;
    final ProjectService service;
    final ProjectMetadataService metadata;
    final MemberService members;
    final AccessGuard guard;
    final Map<Long, Long> repositories = new HashMap<>();
    final List<Object> events = new ArrayList<>();

    Rooms(TestDatabase database, Map<String, String> environment) {
        unitOfWork = database.unitOfWork();
        accounts = new Accounts(database, environment);
        projectDao = new ProjectDao(database.entityManager());
        ProjectMemberDao memberDao = new ProjectMemberDao(database.entityManager());
        guard = new AccessGuard(new LiveMemberships(memberDao, unitOfWork));
        projects = new Projects(guard, projectDao, memberDao, unitOfWork);
        MetadataStore store = new MetadataStore(projectDao, unitOfWork, events::add);
        ProjectReader reader = new ProjectReader(projectDao, memberDao, store,
                ids -> repositories);
        Settings settings = new Settings(environment, new PropertyDao(database.entityManager()), unitOfWork);
        service = new ProjectService(guard, projects, projectDao, memberDao, reader, store, settings, unitOfWork,
                events::add);
        metadata = new ProjectMetadataService(projects, projectDao, store, unitOfWork);
        members = new MemberService(projects, memberDao, accounts.service(), unitOfWork);
    }

    ProjectRef project(Caller owner, String name, boolean isPublic) {
        return service.create(owner, new NewProject(name, Map.of("public", String.valueOf(isPublic))));
    }

    static ProjectKey key(ProjectRef project) {
        return ProjectKey.ofId(project.id());
    }
}
