// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import java.util.Optional;
import org.harboree.oci.Digest;
import org.harboree.oci.RepositoryName;

/** One blob on its way into another repository. */
final class BlobMount extends RepositoryWrite {
    private final Digest digest;
    private final Optional<RepositoryName> from;
    private BlobRef mounted;

    /** @param from the repository to take it from; if empty, any that the caller may pull from */
    BlobMount(RegistryCaller who, RepositoryName name, Digest digest, Optional<RepositoryName> from) {
        super(who, name);
        this.digest = digest;
        this.from = from;
    }

    Digest digest() {
        return digest;
    }

    Optional<RepositoryName> from() {
        return from;
    }

    @Override
    boolean begin() {
        mounted = null;
        return super.begin();
    }

    void done(BlobRef blob) {
        mounted = blob;
    }

    /** Empty if there was nothing to mount. */
    Optional<BlobRef> mounted() {
        return Optional.ofNullable(mounted);
    }
}
