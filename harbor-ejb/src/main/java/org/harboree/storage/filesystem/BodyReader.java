// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage.filesystem;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.harboree.storage.BodyTooLargeException;

/** Takes a body in full buffers, and no more of it than is allowed. */
final class BodyReader {
    private final ReadableByteChannel body;
    private final long maxBytes;
    private long total;
    private IOException failure;

    BodyReader(ReadableByteChannel body, long maxBytes) {
        this.body = body;
        this.maxBytes = maxBytes;
    }

    /** Bytes read so far. */
    long total() {
        return total;
    }

    /**
     * Fills the buffer as far as the body goes, and flips it.
     *
     * @return false if the body has ended; the buffer may hold its last bytes
     */
    boolean fill(ByteBuffer buffer) throws IOException {
        buffer.clear();
        boolean more = true;
        while (more && buffer.hasRemaining()) {
            more = read(buffer) >= 0;
        }
        buffer.flip();
        total += buffer.remaining();
        if (total > maxBytes) {
            throw new BodyTooLargeException(maxBytes);
        }
        return more;
    }

    private int read(ByteBuffer buffer) throws IOException {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** True if the body has failed with this exception, not the storage. */
    boolean hasThrown(IOException e) {
        return e == failure;
    }
}
