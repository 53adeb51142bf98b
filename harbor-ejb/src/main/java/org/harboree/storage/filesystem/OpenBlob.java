// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage.filesystem;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.harboree.storage.BlobContent;

/** A blob's file, open for reading. */
record OpenBlob(FileChannel channel, long size) implements BlobContent {
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
