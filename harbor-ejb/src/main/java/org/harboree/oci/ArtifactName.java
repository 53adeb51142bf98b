// SPDX-License-Identifier: Apache-2.0
package org.harboree.oci;

import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;

/**
 * An artifact as a person names it: {@code project/repository:tag} or {@code project/repository@digest}. Where both
 * are there the digest counts, as with every client.
 */
public record ArtifactName(RepositoryName repository, Reference reference) {

    /** @throws HarborException BAD_REQUEST if it is neither */
    public static ArtifactName parse(String text) {
        int at = text.indexOf('@');
        String name = at < 0 ? text : text.substring(0, at);
        int colon = name.indexOf(':', name.lastIndexOf('/') + 1);
        try {
            Reference reference = at < 0
                    ? Tag.parse(colon < 0 ? "" : name.substring(colon + 1))
                    : Digest.parse(text.substring(at + 1));
            if (at >= 0 && colon >= 0) {
                Tag.parse(name.substring(colon + 1));
            }
            return new ArtifactName(RepositoryName.parse(colon < 0 ? name : name.substring(0, colon)), reference);
        } catch (HarborException e) {
            throw new HarborException(ErrorCode.BAD_REQUEST, "invalid input: " + text);
        }
    }

    @Override
    public String toString() {
        return repository + (reference instanceof Tag ? ":" : "@") + reference;
    }
}
