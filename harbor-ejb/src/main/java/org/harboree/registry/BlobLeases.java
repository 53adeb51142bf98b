// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.harboree.transaction.UnitOfWork;

/** Renews the promise that a blob will still be there; what the collector must respect. */
@ApplicationScoped
class BlobLeases {
    @Inject
    private BlobDao blobs;

    @Inject
    private UnitOfWork work;

    /** False if the blob is not live any more. */
    boolean renew(long blobId) {
        return work.call(() -> blobs.renewLease(blobId));
    }
}
