// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage;

import java.io.IOException;

/** No space, inodes or quota are left. Reading and deleting still work; nothing that was acknowledged is lost. */
public class StorageFullException extends IOException {
    private static final long serialVersionUID = 1L;

    public StorageFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
