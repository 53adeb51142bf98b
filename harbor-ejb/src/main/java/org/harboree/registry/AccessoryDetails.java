// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import java.time.Instant;

/**
 * An artifact that says of another one that it is its subject: a signature, an SBOM, …
 *
 * @param type Harbor's word for what it is, such as {@code signature.cosign}; {@code subject.accessory} for the rest
 */
public record AccessoryDetails(long artifactId, long subjectId, String subjectDigest, String repository, long size,
        String digest, String type, Instant creationTime) {}
