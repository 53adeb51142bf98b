// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;

/** A chunk that does not start where the upload ends; the answer tells the client where that is (416, Range). */
public class OutOfOrderChunk extends HarborException {
    private static final long serialVersionUID = 1L;

    private final long offset;

    OutOfOrderChunk(Upload upload) {
        super(ErrorCode.BLOB_UPLOAD_RANGE, "the upload has " + upload.offset() + " bytes");
        this.offset = upload.offset();
    }

    /** Bytes that the upload has. */
    public long offset() {
        return offset;
    }
}
