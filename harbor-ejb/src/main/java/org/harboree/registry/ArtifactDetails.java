// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An artifact as the API and the console show it.
 *
 * @param type Harbor's {@code IMAGE}, {@code CHART}, …
 * @param mediaType of the content: the config's, or the index's own
 * @param manifestMediaType of the manifest
 * @param artifactType empty for an index that says none
 * @param pullCount how often it was pulled, by tag or digest; some seconds old
 * @param extraAttributesJson facts of the config, a JSON object
 * @param annotationsJson the manifest's, a JSON object
 * @param references the entries of an index
 * @param tags as far as asked for
 * @param accessories as far as asked for
 */
public record ArtifactDetails(long id, String type, String mediaType, String manifestMediaType, String artifactType,
        RepositoryRef repository, String digest, long size, Instant pushTime, Optional<Instant> pullTime,
        long pullCount, Optional<String> extraAttributesJson, Optional<String> annotationsJson,
        List<ReferenceDetails> references, List<TagDetails> tags, List<AccessoryDetails> accessories) {}
