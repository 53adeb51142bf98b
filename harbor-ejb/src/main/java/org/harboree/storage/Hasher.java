// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage;

import java.nio.ByteBuffer;

/**
 * A sink that sees the bytes of a blob, each once and in order.
 *
 * <p>It is called by one thread at a time, but not always by the thread that called the storage; what one call wrote is
 * visible to the next, and to the caller once the storage has returned.
 */
@FunctionalInterface
public interface Hasher {
    /** Takes all remaining bytes: {@code bytes} has none left afterwards, and is not kept. */
    void update(ByteBuffer bytes);
}
