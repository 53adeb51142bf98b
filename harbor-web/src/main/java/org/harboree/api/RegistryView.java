// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.harboree.remote.RegistryEndpoint;

/** Harbor's {@code Registry}. The secret is never shown, only that there is one. */
record RegistryView(@JsonInclude(JsonInclude.Include.ALWAYS) long id, String url, String name,
        CredentialView credential, String type, boolean insecure, String caCertificate, String description,
        String status, String creationTime, String updateTime) {
    private static final String HIDDEN = "*****";

    /** Harbor's {@code RegistryCredential}. */
    record CredentialView(String type, String accessKey, String accessSecret) {
    }

    static RegistryView of(RegistryEndpoint endpoint) {
        CredentialView credential = endpoint.accessKey().isEmpty() && !endpoint.hasSecret()
                ? new CredentialView("", "", "")
                : new CredentialView(endpoint.credentialType(), endpoint.accessKey(),
                        endpoint.hasSecret() ? HIDDEN : "");
        return new RegistryView(endpoint.id(), endpoint.url(), endpoint.name(), credential, endpoint.type(),
                endpoint.isInsecure(), endpoint.caCertificate().orElse(""), endpoint.description(),
                endpoint.health(), Json.time(endpoint.creationTime()), Json.time(endpoint.updateTime()));
    }
}
