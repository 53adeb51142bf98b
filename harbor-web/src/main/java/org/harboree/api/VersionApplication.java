// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;
import org.harboree.web.ErrorMapper;

/** What stands beside the versions of the API. */
@ApplicationPath("/api")
public class VersionApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(ErrorMapper.class, VersionResource.class);
    }
}
