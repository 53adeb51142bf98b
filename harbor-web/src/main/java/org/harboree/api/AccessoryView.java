// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.harboree.registry.AccessoryDetails;

/** Harbor's {@code Accessory}. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record AccessoryView(long id, long artifactId, long subjectArtifactId, String subjectArtifactDigest,
        String subjectArtifactRepo, long size, String digest, String type, String icon, String creationTime) {

    static AccessoryView of(AccessoryDetails accessory) {
        return new AccessoryView(accessory.artifactId(), accessory.artifactId(), accessory.subjectId(),
                accessory.subjectDigest(), accessory.repository(), accessory.size(), accessory.digest(),
                accessory.type(), "", Json.time(accessory.creationTime()));
    }
}
