// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage;

import java.io.IOException;

/** The body of an append is longer than the caller allowed; the upload keeps what was acknowledged before it. */
public class BodyTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param maxBytes what was allowed */
    public BodyTooLargeException(long maxBytes) {
        super("the body is longer than " + maxBytes + " bytes");
    }
}
