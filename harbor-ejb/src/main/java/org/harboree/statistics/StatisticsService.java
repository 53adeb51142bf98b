// SPDX-License-Identifier: Apache-2.0
package org.harboree.statistics;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.harboree.access.AccessGuard;
import org.harboree.access.Caller;
import org.harboree.access.Permission;
import org.harboree.access.ProjectRef;
import org.harboree.project.ProjectKey;
import org.harboree.project.Projects;
import org.harboree.transaction.UnitOfWork;

/** Harbor's statistics, counted when they are asked for. */
@ApplicationScoped
public class StatisticsService {
    @Inject
    private AccessGuard guard;

    @Inject
    private Projects projects;

    @Inject
    private StatisticsDao rows;

    @Inject
    private UnitOfWork work;

    /** @throws org.harboree.error.HarborException UNAUTHORIZED */
    public Statistics of(Caller caller) {
        guard.requireLogin(caller);
        return work.call(() -> caller.sysadmin() ? rows.everything() : rows.own(caller.userId()));
    }

    /**
     * How many bytes the project holds, counted as Harbor counts a quota; empty for a caller who may see the project
     * but not its quota.
     *
     * @throws org.harboree.error.HarborException as {@link Projects#resolve}
     */
    public OptionalLong bytesIn(Caller caller, ProjectKey key) {
        ProjectRef project = projects.resolve(caller, key, Permission.PROJECT_READ);
        Long bytes = bytesIn(caller, List.of(project)).get(project.id());
        return bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes);
    }

    /** The same for several projects at once, by id; those whose quota the caller may not see are missing. */
    public Map<Long, Long> bytesIn(Caller caller, Collection<ProjectRef> some) {
        List<Long> ids = some.stream().filter(project -> guard.allows(caller, Permission.QUOTA_READ, project))
                .map(ProjectRef::id).toList();
        return ids.isEmpty() ? Map.of() : work.call(() -> rows.bytesIn(ids));
    }
}
