// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage.filesystem;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.harboree.storage.BlobKey;

/**
 * Where everything lies. No other class builds a path.
 *
 * <pre>
 * root
 * ├── harbor-installation-id              the marker: whose storage this is (see InstallationMarker)
 * ├── blobs
 * │   └── sha256 | sha512
 * │       └── ab                          the first two digits of the digest
 * │           └── ab12…                   one directory for each digest
 * │               └── 0f…                 one file for each generation, written once
 * └── uploads
 *     └── 3c                              the first two digits of the upload id
 *         └── 3c5e9f0a-….                 the staged bytes of one upload
 * </pre>
 */
final class StorageLayout {
    private static final Pattern UPLOAD_ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private static final String MARKER = "harbor-installation-id";

    private final Path root;

    StorageLayout(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    static boolean isUploadId(String name) {
        return UPLOAD_ID.matcher(name).matches();
    }

    Path root() {
        return root;
    }

    Path marker() {
        return root.resolve(MARKER);
    }

    /** Where a node writes the marker before it puts it in place. */
    Path newMarker(String id) {
        return root.resolve(MARKER + "." + id);
    }

    /** What a root that was never used may hold: a fresh filesystem's own directory, and markers not yet in place. */
    boolean mayLieInEmptyRoot(Path entry) {
        String name = entry.getFileName().toString();
        return name.equals("lost+found") || name.startsWith(MARKER + ".");
    }

    Path uploads() {
        return root.resolve("uploads");
    }

    Path upload(String id) {
        if (!isUploadId(id)) {
            throw new IllegalArgumentException("not an upload id: " + id);
        }
        return uploads().resolve(id.substring(0, 2)).resolve(id);
    }

    /** The directory of a digest; its parent is shared by about every 256th digest. */
    Path digest(BlobKey key) {
        return root.resolve("blobs").resolve(key.algorithm()).resolve(key.hex().substring(0, 2)).resolve(key.hex());
    }

    Path blob(BlobKey key) {
        return digest(key).resolve(key.generation());
    }
}
