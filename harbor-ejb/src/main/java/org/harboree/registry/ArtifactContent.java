// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import java.util.List;
import java.util.Optional;

/**
 * What an artifact's manifest is made of.
 *
 * @param manifestBytes length of the manifest itself
 * @param layers in the order of the manifest; none of an index
 */
public record ArtifactContent(long manifestBytes, Optional<Blob> config, List<Blob> layers) {
    /**
     * A part of it.
     *
     * @param size in bytes
     * @param sharedWith how many other artifacts of the project have it too
     */
    public record Blob(String digest, String mediaType, long size, long sharedWith) {}
}
