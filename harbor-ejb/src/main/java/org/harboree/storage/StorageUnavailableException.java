// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage;

import java.io.IOException;

/**
 * The storage as a whole cannot be used at the moment: not mounted, read-only, of another installation, or no longer
 * trusted. It never means that a single blob is missing.
 */
public class StorageUnavailableException extends IOException {
    private static final long serialVersionUID = 1L;

    public StorageUnavailableException(String message) {
        super(message);
    }

    public StorageUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
