// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage;

import java.io.Closeable;
import java.nio.channels.FileChannel;

/** One blob opened for reading; whoever opened it closes it. A delete in the meantime does not cut the reading short. */
public interface BlobContent extends Closeable {
    /** Bytes in the blob when it was opened; compare it with the recorded size before sending the first byte. */
    long size();

    /** A channel for reading, at position 0; closed by {@link #close()}. */
    FileChannel channel();
}
