// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage.filesystem;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/**
 * Opens regular files and nothing else: a symbolic link could lead out of the storage, and a FIFO would block for ever.
 * All methods throw {@link java.nio.file.NoSuchFileException} for a missing file, and only for that.
 */
final class RegularFiles {
    private RegularFiles() {
    }

    static FileChannel open(Path file, OpenOption option) throws IOException {
        size(file);
        return FileChannel.open(file, Set.of(option, LinkOption.NOFOLLOW_LINKS));
    }

    static long size(Path file) throws IOException {
        BasicFileAttributes attributes = attributes(file);
        if (!attributes.isRegularFile()) {
            throw new FileSystemException(file.toString(), null, "not a regular file");
        }
        return attributes.size();
    }

    static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
