// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.harboree.job.JobKind;
import org.harboree.job.TaskContext;
import org.harboree.storage.BlobStorage;
import org.harboree.transaction.UnitOfWork;

/** Removes upload sessions that nobody has touched for a week, and staged files that no session owns, each hour. */
@ApplicationScoped
public class UploadPurge implements JobKind {
    private static final int KEPT = 10;
    private static final int IDLE_HOURS = 7 * 24;
    private static final int BATCH = 100;
    private static final int LEFTOVERS = 10_000;

    @Inject
    private UploadDao uploads;

    @Inject
    private UploadWriterDao writers;

    @Inject
    private BlobStorage storage;

    @Inject
    private UploadLocks locks;

    @Inject
    private UnitOfWork work;

    @Override
    public String name() {
        return "UPLOAD_PURGE";
    }

    @Override
    public int concurrency() {
        return 1;
    }

    @Override
    public int keptExecutions() {
        return KEPT;
    }

    @Override
    public Optional<String> systemSchedule() {
        return Optional.of("0 17 * * * *");
    }

    @Override
    public void run(TaskContext task) {
        int purged = 0;
        List<String> batch;
        do {
            task.requireNoStop();
            batch = work.call(() -> uploads.untouchedFor(IDLE_HOURS, BATCH));
            for (String id : batch) {
                purged += locks.ifFree(id, () -> remove(id)) ? 1 : 0;
            }
        } while (batch.size() == BATCH);
        task.info(purged + " abandoned uploads removed");
        if (purged > 0) {
            RegistryLog.LOG.uploadsPurged(purged);
        }
        removeLeftovers(task);
        work.run(writers::deleteLeftovers);
    }

    /** Row first, file after: a crash between leaves a file without a session, which the next run finds. */
    private void remove(String id) {
        work.run(() -> uploads.delete(id));
        discard(id);
    }

    private void removeLeftovers(TaskContext task) {
        try {
            for (String id : storage.stagedUploads(LEFTOVERS)) {
                task.requireNoStop();
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
