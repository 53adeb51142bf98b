// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote;

import java.util.Objects;
import org.harboree.oci.Digest;

/**
 * A manifest as it was received, byte for byte.
 *
 * @param mediaType as the registry named it, without parameters
 * @param digest of the bytes; computed here, never taken on trust
 * @param bytes at most 4 MiB; not to be altered
 */
public record RemoteManifest(String mediaType, Digest digest, byte[] bytes) {
    public RemoteManifest {
        Objects.requireNonNull(mediaType);
        Objects.requireNonNull(digest);
        Objects.requireNonNull(bytes);
    }

    /** What a {@code HEAD} tells: media type, digest, length in bytes (-1 where the registry does not say). */
    public record Head(String mediaType, Digest digest, long size) {
    }
}
