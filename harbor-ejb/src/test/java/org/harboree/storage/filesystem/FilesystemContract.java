// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage.filesystem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.harboree.storage.BlobStorage;
import org.harboree.storage.BlobStorageContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract in a new directory below one that the test chooses. */
abstract class FilesystemContract implements BlobStorageContract {
    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private Path root;
    private BlobStorage testee;

    /** Where to make the root of the storage. */
    abstract Path parent();

    @BeforeEach
    void start() throws IOException {
        root = Files.createTempDirectory(parent(), "storage");
        testee = restarted();
    }

    @AfterEach
    void stop() throws IOException {
        workers.shutdown();
        try (Stream<Path> paths = Files.walk(root)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        }
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
