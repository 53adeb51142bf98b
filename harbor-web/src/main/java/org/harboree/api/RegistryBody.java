// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import java.util.Optional;
import org.harboree.remote.EndpointSettings;
import org.harboree.remote.RemoteCredential;

/** Harbor's {@code Registry} as a client sends it; what a registry has by itself (id, status, times) is passed over. */
record RegistryBody(String name, String description, String type, String url, CredentialBody credential,
        boolean insecure, String caCertificate) {

    /** Harbor's {@code RegistryCredential}. */
    record CredentialBody(String type, String accessKey, String accessSecret) {
    }

    EndpointSettings settings() {
        Optional<CredentialBody> given = Optional.ofNullable(credential);
        return new EndpointSettings(text(name), text(description), text(type), text(url),
                given.map(CredentialBody::type).filter(kind -> !kind.isEmpty()).orElse(RemoteCredential.BASIC),
                given.map(CredentialBody::accessKey).orElse(""), given.map(CredentialBody::accessSecret).orElse(""),
                insecure, text(caCertificate));
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
