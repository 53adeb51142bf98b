// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.harboree.project.ProjectService;
import org.harboree.registry.ArtifactService;
import org.harboree.registry.BlobService;
import org.harboree.registry.BlobUploadService;
import org.harboree.registry.CatalogService;
import org.harboree.registry.ManifestService;
import org.harboree.registry.PullService;
import org.harboree.registry.ReferrersService;

/** The services that {@link LocalRegistry} speaks to. */
@ApplicationScoped
class LocalServices {
    @Inject
    private ProjectService projects;

    @Inject
    private CatalogService catalog;

    @Inject
    private ArtifactService artifacts;

    @Inject
    private PullService pulls;

    @Inject
    private ManifestService manifests;

    @Inject
    private BlobUploadService uploads;

    @Inject
    private BlobService blobs;

    @Inject
    private ReferrersService referrers;

    ProjectService projects() {
        return projects;
    }

    CatalogService catalog() {
        return catalog;
    }

    ArtifactService artifacts() {
        return artifacts;
    }

    PullService pulls() {
        return pulls;
    }

    ManifestService manifests() {
        return manifests;
    }

    BlobUploadService uploads() {
        return uploads;
    }

    BlobService blobs() {
        return blobs;
    }

    ReferrersService referrers() {
        return referrers;
    }
}
