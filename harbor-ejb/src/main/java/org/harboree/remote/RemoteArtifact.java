// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.harboree.oci.Digest;
import org.harboree.oci.Tag;

/**
 * One artifact of a listing. Registries that list tags only give one of these per tag, without a digest.
 *
 * @param digest empty where the listing does not tell it
 * @param tags sorted; empty for an artifact that is known by digest only
 * @param labels names of its labels, in registries that have such
 * @param accessory whether it belongs to another artifact (a signature, an SBOM) and goes where that goes; labels and
 *     {@code parentTags} are then the other's
 * @param parentTags tags of the artifact that an accessory belongs to
 */
public record RemoteArtifact(Optional<Digest> digest, List<Tag> tags, Set<String> labels, boolean accessory,
        List<Tag> parentTags) {
    public RemoteArtifact {
        tags = List.copyOf(tags);
        labels = Set.copyOf(labels);
        parentTags = List.copyOf(parentTags);
    }

    /** A tag of which no more is known. */
    public static RemoteArtifact of(Tag tag) {
        return new RemoteArtifact(Optional.empty(), List.of(tag), Set.of(), false, List.of());
    }
}
