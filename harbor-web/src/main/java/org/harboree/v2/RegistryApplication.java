// SPDX-License-Identifier: Apache-2.0
package org.harboree.v2;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;
import org.harboree.web.ErrorMapper;

/** The distribution endpoints (OCI Distribution Spec 1.1.1, "Endpoints"). */
@ApplicationPath("/v2")
public class RegistryApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                BaseResource.class,
                BlobResource.class,
                BlobUploadResource.class,
                CatalogResource.class,
                ErrorMapper.class,
                ManifestResource.class,
                ReferrersResource.class,
                TagListResource.class,
                VersionHeader.class);
    }
}
