// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;
import org.harboree.web.ErrorMapper;

/** Harbor's REST API, version 2.0. */
@ApplicationPath("/api/v2.0")
public class ApiApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                AdapterResource.class,
                AllRepositoriesResource.class,
                ArtifactResource.class,
                CurrentUserResource.class,
                ErrorMapper.class,
                HealthResource.class,
                JobServiceResource.class,
                MemberResource.class,
                PingResource.class,
                ProjectMetadataResource.class,
                ProjectResource.class,
                RegistryResource.class,
                ReplicationExecutionResource.class,
                ReplicationPolicyResource.class,
                RepositoryResource.class,
                ScheduleResource.class,
                SearchResource.class,
                StatisticsResource.class,
                SystemInfoResource.class,
                TagResource.class,
                UserResource.class);
    }
}
