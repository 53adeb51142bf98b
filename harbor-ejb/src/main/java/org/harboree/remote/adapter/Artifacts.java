// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.harboree.oci.Digest;
import org.harboree.oci.Tag;
import org.harboree.remote.RemoteArtifact;

/** Artifacts of lists that tell more than the Distribution Spec. */
final class Artifacts {
    private Artifacts() {
    }

    /** Google's list of tags: manifests by digest, with the tags of each. */
    static List<RemoteArtifact> ofGoogle(List<JsonNode> pages) {
        List<RemoteArtifact> artifacts = new ArrayList<>();
        for (JsonNode page : pages) {
            for (Map.Entry<String, JsonNode> manifest : page.path("manifest").properties()) {
                List<Tag> tags = new ArrayList<>();
                manifest.getValue().path("tag").forEach(tag -> tags.add(Tag.parse(tag.asText())));
                artifacts.add(new RemoteArtifact(Optional.of(Digest.parse(manifest.getKey())),
                        tags.stream().sorted().toList(), Set.of(), false, List.of()));
            }
        }
        return artifacts;
    }
}
