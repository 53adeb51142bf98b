// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** The next so many bytes of a stream, in large reads. Closing it leaves the stream open. */
final class BoundedChannel implements ReadableByteChannel {
    private static final int BUFFER = 256 * 1024;

    private final InputStream bytes;
    private final byte[] buffer;
    private long left;
    private boolean open = true;

    BoundedChannel(InputStream bytes, long length) {
        this.bytes = bytes;
        this.left = length;
        this.buffer = new byte[(int) Math.min(BUFFER, Math.max(1, length))];
    }

    /** The end is that of the length; a stream that ends earlier is a shorter body, which its reader refuses. */
    @Override
    public int read(ByteBuffer into) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count = bytes.read(buffer, 0, (int) Math.min(Math.min(buffer.length, left), into.remaining()));
        if (count > 0) {
            into.put(buffer, 0, count);
            left -= count;
        }
        return count;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }
}
