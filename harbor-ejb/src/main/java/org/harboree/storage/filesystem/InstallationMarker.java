// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage.filesystem;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import org.harboree.storage.StorageUnavailableException;

/**
 * The file in the root that says whose storage this is.
 *
 * <p>An unmounted disk leaves an empty directory in its place; whoever took that for an empty storage would lose pushes
 * in it and would take every blob for missing. So nothing is written or removed while the marker is not there. It is
 * made only in an empty root, and only if no id is expected: once the id is recorded elsewhere, give it here.
 */
final class InstallationMarker {
    private static final int LENGTH = 36;

    private final StorageLayout layout;
    private final StableStorage stable;
    private volatile Optional<String> expected;

    InstallationMarker(StorageLayout layout, StableStorage stable, Optional<String> expected) {
        this.layout = layout;
        this.stable = stable;
        this.expected = expected;
    }

    /**
     * The id of the installation whose storage this is.
     *
     * @throws StorageUnavailableException if the marker is missing or another one
     */
    String require() throws IOException {
        try {
            return check(read());
        } catch (NoSuchFileException e) {
            return createOrRefuse();
        }
    }

    private String check(String found) throws IOException {
        if (!found.equals(expected.orElse(found)) || !StorageLayout.isUploadId(found)) {
            throw new StorageUnavailableException(layout.marker() + " is of another installation: " + found);
        }
        if (expected.isEmpty()) {
            expected = Optional.of(found);
        }
        return found;
    }

    private String read() throws IOException {
        try (FileChannel marker = RegularFiles.open(layout.marker(), StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
            while (bytes.hasRemaining() && marker.read(bytes) >= 0) {
                // until it is full or the file ends
            }
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
        }
    }

    /** One thread makes it; the others, and those of other nodes, find it. */
    private synchronized String createOrRefuse() throws IOException {
        if (expected.isEmpty() && isEmptyRoot()) {
            create();
        }
        try {
            return check(read());
        } catch (NoSuchFileException e) {
            throw new StorageUnavailableException(layout.marker() + " is missing: is the storage mounted?", e);
        }
    }

    private boolean isEmptyRoot() throws IOException {
        Files.createDirectories(layout.root());
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(layout.root(),
                entry -> !layout.mayLieInEmptyRoot(entry))) {
            return !entries.iterator().hasNext();
        }
    }

    /** Under a name of its own first, so that no node ever reads half a marker and two cannot both have made it. */
    private void create() throws IOException {
        String id = UUID.randomUUID().toString();
        Path fresh = layout.newMarker(id);
        try (FileChannel file = FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap((id + "\n").getBytes(StandardCharsets.US_ASCII)));
            stable.force(file, fresh);
        }
        try {
            Files.createLink(layout.marker(), fresh);
        } catch (FileAlreadyExistsException e) {
            // another node was first: its id counts
        } finally {
            Files.delete(fresh);
        }
        stable.forceDirectory(layout.root());
    }
}
