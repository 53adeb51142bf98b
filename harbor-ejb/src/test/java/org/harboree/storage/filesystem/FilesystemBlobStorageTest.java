// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage.filesystem;

import java.nio.file.Path;

/** The contract on the machine's temporary directory. */
class FilesystemBlobStorageTest extends FilesystemContract {
    @Override
    Path parent() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }
}
