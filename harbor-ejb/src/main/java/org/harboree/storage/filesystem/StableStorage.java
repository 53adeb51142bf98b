// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage.filesystem;

import java.io.IOException;
import java.io.SyncFailedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Brings files and directories to stable storage, and remembers when that failed.
 *
 * <p>A failed fsync is final. Linux reports a lost page once and then calls it clean, so a second fsync of the same file
 * would lie: whatever was to be made durable is given up, and the failure stays on record until a restart.
 */
final class StableStorage {
    private final AtomicReference<String> alarm = new AtomicReference<>();

    /** The first failure since the start, for people to read. */
    Optional<String> alarm() {
        return Optional.ofNullable(alarm.get());
    }

    /** Makes the bytes and the size of a file durable (fdatasync). */
    void force(FileChannel file, Path path) throws IOException {
        force(file, path, false);
    }

    /**
     * Makes the names in a directory durable: those added, renamed and removed. With fsync, for what fdatasync means for
     * a directory is written down nowhere.
     */
    void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            force(channel, directory, true);
        }
    }

    private void force(FileChannel channel, Path path, boolean metadata) throws IOException {
        try {
            channel.force(metadata);
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    private IOException failed(Path path, IOException cause) {
        if (StorageErrors.isFull(cause)) {
            return cause;
        }
        alarm.compareAndSet(null, "fsync of " + path + " failed: " + cause.getMessage());
        SyncFailedException failure = new SyncFailedException("fsync of " + path + ": " + cause.getMessage());
        failure.initCause(cause);
        return failure;
    }
}
