// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage.filesystem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.harboree.storage.StorageUnavailableException;

/** What uploads and blobs share: the layout, stable storage, shared directories, and the guard before each change. */
final class StorageRoot {
    private final StorageLayout layout;
    private final StableStorage stable = new StableStorage();
    private final DurableDirectories directories;
    private final InstallationMarker marker;

    StorageRoot(StorageLayout layout, Optional<String> installationId) {
        this.layout = layout;
        directories = new DurableDirectories(layout.root(), stable);
        marker = new InstallationMarker(layout, stable, installationId);
    }

    StorageLayout layout() {
        return layout;
    }

    StableStorage stable() {
        return stable;
    }

    DurableDirectories directories() {
        return directories;
    }

    /** The installation id; throws if the storage is not mounted or not ours. */
    String requireMine() throws IOException {
        return marker.require();
    }

    interface Change<T> {
        T run() throws IOException;
    }

    /** Writes or deletes something, only if the storage is ours, and tells failures in the types of the seam. */
    <T> T change(Change<T> change) throws IOException {
        requireMine();
        try {
            return change.run();
        } catch (IOException e) {
            throw translate(e);
        }
    }

    /** The same failure as the type that the seam promises for it. */
    IOException translate(IOException e) {
        return StorageErrors.translate(e, layout.root());
    }

    /** Tells "this file is missing" from "everything is missing". */
    NoSuchFileException missing(NoSuchFileException e) throws IOException {
        requireMine();
        return e;
    }

    void checkReady() throws IOException {
        requireMine();
        if (!Files.isWritable(layout.root())) {
            throw new StorageUnavailableException(layout.root() + " cannot be written");
        }
        Optional<String> alarm = stable.alarm();
        if (alarm.isPresent()) {
            throw new StorageUnavailableException(alarm.get() + "; check the disk, then restart");
        }
    }
}
