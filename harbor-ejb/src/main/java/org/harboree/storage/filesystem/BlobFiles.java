// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage.filesystem;

import java.io.IOException;
import java.io.SyncFailedException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import org.harboree.storage.BlobContent;
import org.harboree.storage.BlobKey;

/**
 * The files of published blobs.
 *
 * <p>The order in {@link #publish} is what makes an acknowledged blob survive a power cut: bytes to stable storage (by
 * the append), size check, rename, then the new names of the file and of its directory to stable storage.
 */
final class BlobFiles {
    private static final int MOVE_ATTEMPTS = 10;

    private final StorageRoot root;

    BlobFiles(StorageRoot root) {
        this.root = root;
    }

    void publish(String uploadId, long size, BlobKey key) throws IOException {
        Path staged = root.layout().upload(uploadId);
        root.change(() -> {
            OptionalLong stored = sizeOf(key);
            if (stored.isEmpty()) {
                requireStaged(staged, size);
                move(staged, key);
            } else if (stored.getAsLong() != size || Files.exists(staged, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(root.layout().blob(key).toString());
            }
            makeNamesDurable(key);
            return null;
        });
    }

    private void requireStaged(Path staged, long size) throws IOException {
        root.directories().requireGenuine(staged.getParent());
        long found = RegularFiles.size(staged);
        if (found != size) {
            throw new IOException(staged + " has " + found + " bytes instead of " + size);
        }
        if (size == 0) {
            // no append was needed, so nothing has made this file durable yet
            try (FileChannel file = RegularFiles.open(staged, StandardOpenOption.WRITE)) {
                root.stable().force(file, staged);
            }
        }
    }

    /** A delete of another generation may take the digest's directory away before the file is in it: then again. */
    private void move(Path staged, BlobKey key) throws IOException {
        for (int attempt = 1;; attempt++) {
            try {
                root.directories().ensure(root.layout().digest(key).getParent());
                root.directories().create(root.layout().digest(key));
                Files.move(staged, root.layout().blob(key), StandardCopyOption.ATOMIC_MOVE);
                return;
            } catch (NoSuchFileException e) {
                RegularFiles.size(staged);
                if (attempt == MOVE_ATTEMPTS) {
                    throw e;
                }
                root.directories().forget();
            }
        }
    }

    /** Syncs both directories always: somebody else may have made the digest's directory a moment ago. */
    private void makeNamesDurable(BlobKey key) throws IOException {
        Path digest = root.layout().digest(key);
        try {
            root.stable().forceDirectory(digest);
            root.stable().forceDirectory(digest.getParent());
        } catch (SyncFailedException e) {
            Files.deleteIfExists(root.layout().blob(key));
            throw e;
        }
    }

    BlobContent open(BlobKey key) throws IOException {
        try {
            requireGenuine(key);
            FileChannel channel = RegularFiles.open(root.layout().blob(key), StandardOpenOption.READ);
            return new OpenBlob(channel, channel.size());
        } catch (NoSuchFileException e) {
            throw root.missing(e);
        }
    }

    OptionalLong size(BlobKey key) throws IOException {
        OptionalLong size = sizeOf(key);
        if (size.isEmpty()) {
            root.requireMine();
        }
        return size;
    }

    private OptionalLong sizeOf(BlobKey key) throws IOException {
        try {
            requireGenuine(key);
            return OptionalLong.of(RegularFiles.size(root.layout().blob(key)));
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        }
    }

    private void requireGenuine(BlobKey key) throws IOException {
        Path digest = root.layout().digest(key);
        root.directories().requireGenuine(digest.getParent());
        DurableDirectories.requireDirectory(digest);
    }

    void delete(BlobKey key) throws IOException {
        Path digest = root.layout().digest(key);
        root.change(() -> {
            try {
                requireGenuine(key);
                Files.deleteIfExists(root.layout().blob(key));
                removeIfEmpty(digest);
            } catch (NoSuchFileException e) {
                makeAbsenceDurable(digest.getParent());
            }
            return null;
        });
    }

    private void removeIfEmpty(Path digest) throws IOException {
        try {
            Files.delete(digest);
            root.stable().forceDirectory(digest.getParent());
        } catch (DirectoryNotEmptyException e) {
            root.stable().forceDirectory(digest);
        }
    }

    /** There is nothing to delete, but an earlier attempt may have ended before its sync. */
    private void makeAbsenceDurable(Path directory) throws IOException {
        try {
            root.stable().forceDirectory(directory);
        } catch (NoSuchFileException e) {
            // never held anything
        }
    }
}
