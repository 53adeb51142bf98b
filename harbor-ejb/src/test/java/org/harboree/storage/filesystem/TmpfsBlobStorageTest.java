// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage.filesystem;

import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The contract in memory: a filesystem of another kind, with other ways to report the same errors. */
@EnabledOnOs(OS.LINUX)
class TmpfsBlobStorageTest extends FilesystemContract {
    @Override
    Path parent() {
        return Path.of("/dev/shm");
    }
}
