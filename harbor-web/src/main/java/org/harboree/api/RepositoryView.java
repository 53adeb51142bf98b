// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.harboree.registry.RepositoryDetails;

/** Harbor's {@code Repository}. */
record RepositoryView(long id, long projectId, String name, String description,
        @JsonInclude(JsonInclude.Include.ALWAYS) long artifactCount,
        @JsonInclude(JsonInclude.Include.ALWAYS) long pullCount, String creationTime, String updateTime) {

    static RepositoryView of(RepositoryDetails repository) {
        return new RepositoryView(repository.id(), repository.projectId(), repository.name(), repository.description(),
                repository.artifactCount(), repository.pullCount(), Json.time(repository.creationTime()),
                Json.time(repository.updateTime()));
    }
}
