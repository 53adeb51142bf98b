// SPDX-License-Identifier: Apache-2.0
package org.harboree.oci;

import java.util.List;
import java.util.Objects;

/**
 * What a child of an index runs on (OCI Image Spec, Image Index, {@code platform}). Absent fields are empty, never
 * null.
 *
 * @param architecture as Go's {@code GOARCH}, for example {@code arm64}
 * @param os as Go's {@code GOOS}, for example {@code linux}
 * @param osVersion {@code os.version}
 * @param variant of the architecture, for example {@code v8}
 * @param osFeatures {@code os.features}
 */
public record Platform(String architecture, String os, String osVersion, String variant, List<String> osFeatures) {
    public Platform {
        Objects.requireNonNull(architecture);
        Objects.requireNonNull(os);
        Objects.requireNonNull(osVersion);
        Objects.requireNonNull(variant);
        osFeatures = List.copyOf(osFeatures);
    }
}
