// SPDX-License-Identifier: Apache-2.0
package org.harboree.web;

import java.io.IOException;

/** The client broke off, or sent too slowly, while its body was read: its fault, not the storage's. */
public class ClientGoneException extends IOException {
    private static final long serialVersionUID = 1L;

    public ClientGoneException(String message, Throwable cause) {
        super(message, cause);
    }
}
