// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage.filesystem;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.harboree.storage.StorageFullException;
import org.harboree.storage.StorageUnavailableException;

/** Tells a full and a read-only disk from other failures; Java gives the error number only as a text. */
final class StorageErrors {
    private static final List<String> FULL = List.of("No space left on device", "Disk quota exceeded");
    private static final String READ_ONLY = "Read-only file system";

    private StorageErrors() {
    }

    static boolean isFull(IOException e) {
        return e instanceof StorageFullException || FULL.stream().anyMatch(text(e)::contains);
    }

    /** The same failure as the type that the seam promises for it. */
    static IOException translate(IOException e, Path root) {
        if (e instanceof StorageFullException || e instanceof StorageUnavailableException
                || e instanceof NoSuchFileException || e instanceof FileAlreadyExistsException
                || e instanceof AccessDeniedException) {
            return e;
        }
        if (isFull(e)) {
            return new StorageFullException("no space is left in " + root, e);
        }
        if (text(e).contains(READ_ONLY) || !Files.isWritable(root)) {
            return new StorageUnavailableException(root + " cannot be written", e);
        }
        return e;
    }

    private static String text(IOException e) {
        return String.valueOf(e.getMessage());
    }
}
