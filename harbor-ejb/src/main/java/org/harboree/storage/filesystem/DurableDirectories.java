// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage.filesystem;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The directories that many files share: makes them with durable names, and never goes through a symbolic link.
 *
 * <p>A new directory is durable only when its parent was synced, and one that is there already may have been made by a
 * process that died before it did so. Hence each is synced once in the life of this process and then remembered; there
 * are at most a few thousand.
 */
final class DurableDirectories {
    private final Path root;
    private final StableStorage stable;
    private final Set<Path> durable = ConcurrentHashMap.newKeySet();
    private final Set<Path> genuine = ConcurrentHashMap.newKeySet();

    DurableDirectories(Path root, StableStorage stable) {
        this.root = root;
        this.stable = stable;
    }

    /** Sees to it that a directory below the root is there and will be after a power cut. */
    void ensure(Path directory) throws IOException {
        if (directory.equals(root) || durable.contains(directory)) {
            return;
        }
        ensure(directory.getParent());
        create(directory);
        stable.forceDirectory(directory.getParent());
        durable.add(directory);
    }

    /** Makes one directory, whose parent exists, unless it is there; its name is not durable yet. */
    void create(Path directory) throws IOException {
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            requireDirectory(directory);
        }
    }

    /**
     * Checks that all directories from the root to this one are real ones.
     *
     * @throws NoSuchFileException if one is missing
     */
    void requireGenuine(Path directory) throws IOException {
        if (directory.equals(root) || genuine.contains(directory)) {
            return;
        }
        requireGenuine(directory.getParent());
        requireDirectory(directory);
        genuine.add(directory);
    }

    /** Forgets everything: the directories were removed behind our back, or another disk was mounted. */
    void forget() {
        durable.clear();
        genuine.clear();
    }

    static void requireDirectory(Path directory) throws IOException {
        if (!RegularFiles.attributes(directory).isDirectory()) {
            throw new NotDirectoryException(directory.toString());
        }
    }
}
