// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * Where another registry is and how it is reached.
 *
 * @param type of the adapter: {@code harbor}, {@code docker-registry}, …
 * @param url scheme http or https, host, port; a path before {@code /v2/} is allowed, and has no slash at its end
 * @param credential empty for anonymous access
 * @param insecure whether the TLS certificate is taken without a check
 * @param caCertificate PEM of the authorities that the certificate is checked against, instead of Java's own
 */
public record RemoteEndpoint(String type, URI url, Optional<RemoteCredential> credential, boolean insecure,
        Optional<String> caCertificate) {
    public RemoteEndpoint {
        Objects.requireNonNull(type);
        Objects.requireNonNull(url);
        Objects.requireNonNull(credential);
        Objects.requireNonNull(caCertificate);
    }

    /** An endpoint with the certificates that Java trusts. */
    public static RemoteEndpoint of(String type, URI url, Optional<RemoteCredential> credential) {
        return new RemoteEndpoint(type, url, credential, false, Optional.empty());
    }
}
