// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage.filesystem;

import java.nio.file.Path;

/** The contract on the disk that the build is on. */
class DiskBlobStorageTest extends FilesystemContract {
    @Override
    Path parent() {
        return Path.of("target");
    }
}
