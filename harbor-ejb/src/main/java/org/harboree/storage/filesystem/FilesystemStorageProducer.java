// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage.filesystem;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.harboree.config.Settings;
import org.harboree.storage.BlobStorage;

/** Opens the storage in {@code <data directory>/blobs}. */
@ApplicationScoped
class FilesystemStorageProducer {
    @Resource
    private ManagedThreadFactory threads;

    @Inject
    private Settings settings;

    private ExecutorService workers;

    @Produces
    @Singleton
    BlobStorage storage() {
        workers = Executors.newCachedThreadPool(threads);
        return new FilesystemBlobStorage(settings.dataDirectory().resolve("blobs"), workers);
    }

    /** No interrupts: one would close the file channel that a worker writes to. */
    @PreDestroy
    void stop() {
        if (workers != null) {
            workers.shutdown();
        }
    }
}
