// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import java.util.Optional;
import org.harboree.remote.EndpointChange;

/** Harbor's {@code RegistryUpdate}: what is missing or null stays. */
record RegistryUpdateBody(String name, String description, String url, String credentialType, String accessKey,
        String accessSecret, Boolean insecure, String caCertificate) {

    EndpointChange change() {
        return new EndpointChange(Optional.ofNullable(name), Optional.ofNullable(description),
                Optional.ofNullable(url), Optional.ofNullable(credentialType).filter(kind -> !kind.isEmpty()),
                Optional.ofNullable(accessKey), Optional.ofNullable(accessSecret), Optional.ofNullable(insecure),
                Optional.ofNullable(caCertificate));
    }
}
