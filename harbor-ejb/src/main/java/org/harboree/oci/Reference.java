// SPDX-License-Identifier: Apache-2.0
package org.harboree.oci;

/** What a manifest is asked for by: a tag or a digest ({@code <reference>} of the OCI Distribution Spec). */
public sealed interface Reference permits Tag, Digest {
    /**
     * Reads a reference; a colon makes it a digest, since no tag has one.
     *
     * @throws org.harboree.error.HarborException DIGEST_INVALID or TAG_INVALID
     */
    static Reference parse(String text) {
        return text != null && Digest.isDigest(text) ? Digest.parse(text) : Tag.parse(text);
    }
}
