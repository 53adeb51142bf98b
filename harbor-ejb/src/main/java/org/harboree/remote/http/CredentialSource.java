// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.harboree.remote.RemoteCredential;

/** Where the user name and password for a registry come from: the endpoint, or a cloud that gives them for hours. */
@FunctionalInterface
public interface CredentialSource {
    /** What is valid now; empty for anonymous access. */
    Optional<RemoteCredential> current() throws IOException;

    /** The header of HTTP Basic authentication (RFC 7617, UTF-8). */
    static String basic(RemoteCredential credential) {
        String pair = credential.accessKey() + ':' + credential.accessSecret();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
