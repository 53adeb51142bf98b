// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage.filesystem;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.harboree.config.InstallationId;
import org.harboree.config.Settings;
import org.harboree.storage.BlobStorage;

/** Opens the storage in {@code <data directory>/blobs}, which must be the one that this database was made with. */
@ApplicationScoped
class FilesystemStorageProducer {
    @Resource
    private ManagedThreadFactory threads;

    @Inject
    private InstallationId installation;

    @Inject
    private Settings settings;

    private ExecutorService workers;

    @Produces
    @Singleton
    BlobStorage storage() throws IOException {
        workers = Executors.newCachedThreadPool(threads);
        Optional<String> id = installation.recorded();
        FilesystemBlobStorage storage = new FilesystemBlobStorage(settings.dataDirectory().resolve("blobs"), workers,
                FilesystemBlobStorage.DEFAULT_BUFFER_BYTES, id);
        if (id.isEmpty()) {
            installation.record(storage.installationId());
        }
        return storage;
    }

    /** No interrupts: one would close the file channel that a worker writes to. */
    @PreDestroy
    void stop() {
        if (workers != null) {
            workers.shutdown();
        }
    }
}
