// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.http;

import java.net.UnknownHostException;

/** A host has an address that requests never go to. Of the type that a resolver may throw. */
final class TargetRefusedException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    TargetRefusedException(String message) {
        super(message);
    }
}
