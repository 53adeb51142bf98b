// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import org.harboree.storage.BlobStorage;
import org.harboree.transaction.UnitOfWork;

/** Removes upload sessions that nobody has touched for a week, and staged files that no session owns. */
@ApplicationScoped
class UploadPurge {
    private static final int IDLE_HOURS = 7 * 24;
    private static final int BATCH = 100;
    private static final int LEFTOVERS = 10_000;

    @Inject
    private UploadDao uploads;

    @Inject
    private BlobStorage storage;

    @Inject
    private UploadLocks locks;

    @Inject
    private UnitOfWork work;

    void run() {
        int purged = 0;
        List<String> batch;
        do {
            batch = work.call(() -> uploads.untouchedFor(IDLE_HOURS, BATCH));
            for (String id : batch) {
                purged += locks.ifFree(id, () -> remove(id)) ? 1 : 0;
            }
        } while (batch.size() == BATCH);
        if (purged > 0) {
            RegistryLog.LOG.uploadsPurged(purged);
        }
        removeLeftovers();
    }

    /** Row first, file after: a crash between leaves a file without a session, which the next run finds. */
    private void remove(String id) {
        work.run(() -> uploads.delete(id));
        discard(id);
    }

    private void removeLeftovers() {
        try {
            for (String id : storage.stagedUploads(LEFTOVERS)) {
                locks.ifFree(id, () -> {
                    if (work.call(() -> uploads.find(id)).isEmpty()) {
                        discard(id);
                    }
                });
            }
        } catch (IOException e) {
            RegistryLog.LOG.stagedFileLeft("*", e);
        }
    }

    private void discard(String id) {
        try {
            storage.discard(id);
        } catch (IOException e) {
            RegistryLog.LOG.stagedFileLeft(id, e);
        }
    }
}
