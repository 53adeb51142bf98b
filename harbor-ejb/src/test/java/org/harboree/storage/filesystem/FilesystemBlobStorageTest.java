// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage.filesystem;

import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.harboree.storage.BlobStorage;
import org.harboree.storage.BlobStorageContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract on the temporary directory of the machine. */
class FilesystemBlobStorageTest implements BlobStorageContract {
    @TempDir
    Path root;

    private ExecutorService workers;
    private BlobStorage testee;

    @BeforeEach
    void start() {
        workers = Executors.newFixedThreadPool(4);
        testee = new FilesystemBlobStorage(root, workers);
    }

    @AfterEach
    void stop() {
        workers.shutdown();
    }

    @Override
    public BlobStorage testee() {
        return testee;
    }

    @Override
    public BlobStorage restarted() {
        return new FilesystemBlobStorage(root, workers);
    }
}
