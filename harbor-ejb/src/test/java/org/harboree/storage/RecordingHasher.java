// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Remembers what it was fed with. */
public final class RecordingHasher implements Hasher {
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

    @Override
    public void update(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        seen.writeBytes(copy);
    }

    public byte[] seen() {
        return seen.toByteArray();
    }
}
