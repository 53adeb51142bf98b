// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.Random;

/** Bodies of requests, well-behaved and otherwise. */
public final class Bodies {
    private Bodies() {
    }

    /** The same bytes for the same seed. */
    public static byte[] bytes(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    public static ReadableByteChannel of(byte[] bytes) {
        return Channels.newChannel(new ByteArrayInputStream(bytes));
    }

    /** Hands out 0, 1, 2, … bytes at a time, then more, as a network may. */
    public static ReadableByteChannel inDribs(byte[] bytes) {
        return new Dribs(ByteBuffer.wrap(bytes), null);
    }

    /** Ends with that exception instead of an end of file. */
    public static ReadableByteChannel failing(byte[] bytes, IOException failure) {
        return new Dribs(ByteBuffer.wrap(bytes), failure);
    }

    private static final class Dribs implements ReadableByteChannel {
        private final ByteBuffer bytes;
        private final IOException failure;
        private int reads;

        Dribs(ByteBuffer bytes, IOException failure) {
            this.bytes = bytes;
            this.failure = failure;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            if (!bytes.hasRemaining()) {
                if (failure != null) {
                    throw failure;
                }
                return -1;
            }
            int drib = reads < 10 ? reads : 7_919;
            reads++;
            int count = Math.min(drib, Math.min(target.remaining(), bytes.remaining()));
            target.put(bytes.slice(bytes.position(), count));
            bytes.position(bytes.position() + count);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
