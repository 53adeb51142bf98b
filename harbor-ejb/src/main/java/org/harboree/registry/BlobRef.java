// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import org.harboree.oci.Digest;
import org.harboree.storage.BlobKey;

/** A blob that exists. {@code size} in bytes; {@code generation} names the file that holds it. */
public record BlobRef(long id, Digest digest, long size, String generation) {

    /** Where storage keeps the bytes. */
    public BlobKey key() {
        return new BlobKey(digest.algorithm().wireName(), digest.hex(), generation);
    }
}
