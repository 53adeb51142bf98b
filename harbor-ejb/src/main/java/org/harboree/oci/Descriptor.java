// SPDX-License-Identifier: Apache-2.0
package org.harboree.oci;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A pointer to content (OCI Image Spec, Descriptor).
 *
 * @param mediaType type of the content pointed to
 * @param digest name of that content
 * @param size its length in bytes, not negative
 * @param urls where else the content may be had; never fetched by the registry
 * @param annotations in the order of the manifest
 * @param platform of a child of an index
 * @param artifactType of the manifest pointed to
 */
public record Descriptor(String mediaType, Digest digest, long size, List<String> urls,
        Map<String, String> annotations, Optional<Platform> platform, Optional<String> artifactType) {
    public Descriptor {
        Objects.requireNonNull(mediaType);
        Objects.requireNonNull(digest);
        Objects.requireNonNull(platform);
        Objects.requireNonNull(artifactType);
        if (size < 0) {
            throw new IllegalArgumentException("negative size");
        }
        urls = List.copyOf(urls);
        annotations = annotations.isEmpty() ? Map.of()
                : Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
    }

    /** Whether the bytes may be kept elsewhere, so that a push need not bring them. */
    public boolean isForeign() {
        return !urls.isEmpty() && MediaTypes.isNondistributableLayer(mediaType);
    }
}
