// SPDX-License-Identifier: Apache-2.0
package org.harboree.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * The folder that holds all state of one installation. It belongs to one start at a time: a lock on a file in it is
 * held until the process ends, however it ends.
 *
 * <pre>
 * data/
 *   database/   MariaDB's files, unless the database is run elsewhere
 *   blobs/      content, written by the application
 *   secrets/    passwords and keys, readable by the owner only
 *   server/     WildFly: configuration (made anew at each start), data, tmp; classes that save time at the next start
 *   logs/       one file for each component
 *   run/        the lock and the processes that run
 * </pre>
 */
public final class DataFolder implements AutoCloseable {

    private static final long LEAST_FREE_BYTES = 256L << 20;
    private static final List<String> PARTS = List.of("blobs", "logs", "run", "secrets", "server");

    private final Path root;
    private final FileLock lock;

    private DataFolder(Path root, FileLock lock) {
        this.root = root;
        this.lock = lock;
    }

    /**
     * Makes what is missing and takes the lock.
     *
     * @param root the folder, absolute
     * @throws LaunchFailure when the folder is in use, cannot be written, or its disk is full
     */
    public static DataFolder open(Path root) {
        try {
            for (String part : PARTS) {
                Files.createDirectories(root.resolve(part));
            }
            FileLock lock = lock(root);
            long free = Files.getFileStore(root).getUsableSpace();
            if (free < LEAST_FREE_BYTES) {
                throw new LaunchFailure("Data folder " + root + " is on a full disk: " + (free >> 20)
                        + " MiB are free, " + (LEAST_FREE_BYTES >> 20) + " MiB are needed to start");
            }
            return new DataFolder(root, lock);
        } catch (IOException cause) {
            throw new LaunchFailure("Data folder " + root + " cannot be written (" + reason(cause)
                    + "); HARBOR_DATA names another", cause);
        }
    }

    private static FileLock lock(Path root) throws IOException {
        Path file = root.resolve("run").resolve("lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        Optional<FileLock> lock = tryLock(channel);
        if (lock.isEmpty()) {
            channel.close();
            throw new LaunchFailure("Data folder " + root + " is in use by another start (process "
                    + Files.readString(file).strip() + ")");
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
        return lock.get();
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException heldByThisProcess) {
            return Optional.empty();
        }
    }

    private static String reason(IOException cause) {
        if (cause instanceof FileSystemException failure && failure.getReason() != null) {
            return failure.getReason();
        }
        return cause instanceof AccessDeniedException ? "access denied" : cause.toString();
    }

    /** The folder itself, absolute. */
    public Path root() {
        return root;
    }

    /** MariaDB's files. */
    public Path database() {
        return root.resolve("database");
    }

    /** Log files. */
    public Path logs() {
        return root.resolve("logs");
    }

    /** What is known about running processes. */
    public Path run() {
        return root.resolve("run");
    }

    /** Passwords and keys. */
    public Path secrets() {
        return root.resolve("secrets");
    }

    /** WildFly's base directory. */
    public Path server() {
        return root.resolve("server");
    }

    /** Gives the folder back. */
    @Override
    public void close() throws IOException {
        lock.acquiredBy().close();
    }
}
