// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

/** A manifest as it was pushed: the bytes are served verbatim and must not be changed. */
public record StoredManifest(long artifactId, String digest, String mediaType, byte[] content) {}
