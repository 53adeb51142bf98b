// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import java.nio.channels.ReadableByteChannel;
import java.util.Optional;
import java.util.OptionalLong;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.oci.ContentRange;

/**
 * What a client sends to an upload.
 *
 * @param length of {@code Content-Length}; absent with chunked transfer coding
 * @param range of {@code Content-Range}; both ends inclusive
 * @param bytes blocks until bytes come; ends early only with an exception
 */
public record UploadBody(OptionalLong length, Optional<ContentRange> range, ReadableByteChannel bytes) {

    /** @throws HarborException SIZE_INVALID if the two headers contradict each other */
    public UploadBody {
        if (range.isPresent() && length.isPresent() && range.get().length() != length.getAsLong()) {
            throw new HarborException(ErrorCode.SIZE_INVALID, "Content-Range has " + range.get().length()
                    + " bytes, Content-Length " + length.getAsLong());
        }
    }

    boolean isEmpty() {
        return length.isPresent() && length.getAsLong() == 0;
    }

    /** The bytes that must come, where the client said. */
    OptionalLong expected() {
        return range.isPresent() ? OptionalLong.of(range.get().length()) : length;
    }
}
