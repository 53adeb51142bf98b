// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.http;

import java.net.URI;
import java.util.Locale;

/** Scheme, host and port: whom a credential is meant for. */
record Origin(String scheme, String host, int port) {
    static Origin of(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : "https".equals(scheme) ? 443 : 80;
        return new Origin(scheme, String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT), port);
    }

    boolean isEncrypted() {
        return "https".equals(scheme);
    }
}
