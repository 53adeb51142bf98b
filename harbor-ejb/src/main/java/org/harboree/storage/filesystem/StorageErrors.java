// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage.filesystem;

import java.io.IOException;
import java.io.SyncFailedException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.harboree.storage.BodyTooLargeException;
import org.harboree.storage.StorageFullException;
import org.harboree.storage.StorageUnavailableException;

/**
 * Tells a full and a read-only disk from other failures. Java gives the error number only as a text, in the language of
 * the machine; where that says nothing, the state of the disk is asked.
 */
final class StorageErrors {
    private static final long NO_SPACE_BYTES = 1 << 20;
    private static final List<String> FULL = List.of("No space left on device", "Disk quota exceeded");
    private static final List<Class<? extends IOException>> PLAIN = List.of(StorageFullException.class,
            StorageUnavailableException.class, NoSuchFileException.class, FileAlreadyExistsException.class,
            AccessDeniedException.class, SyncFailedException.class, BodyTooLargeException.class,
            ClosedChannelException.class);
    private static final String READ_ONLY = "Read-only file system";

    private StorageErrors() {
    }

    /** True if the text says so. A failed sync is full only then: it must not be taken for harmless by guessing. */
    static boolean isFull(IOException e) {
        return e instanceof StorageFullException || FULL.stream().anyMatch(text(e)::contains);
    }

    /** The same failure as the type that the seam promises for it. */
    static IOException translate(IOException e, Path root) {
        if (PLAIN.stream().anyMatch(type -> type.isInstance(e))) {
            return e;
        }
        if (text(e).contains(READ_ONLY) || !Files.isWritable(root)) {
            return new StorageUnavailableException(root + " cannot be written", e);
        }
        if (isFull(e) || hasNoSpace(root)) {
            return new StorageFullException("no space is left in " + root, e);
        }
        return e;
    }

    private static boolean hasNoSpace(Path root) {
        try {
            return Files.getFileStore(root).getUsableSpace() < NO_SPACE_BYTES;
        } catch (IOException e) {
            return false;
        }
    }

    private static String text(IOException e) {
        return String.valueOf(e.getMessage());
    }
}
