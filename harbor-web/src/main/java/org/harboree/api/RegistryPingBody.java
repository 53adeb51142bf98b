// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import java.util.Optional;
import org.harboree.remote.EndpointPing;

/** Harbor's {@code RegistryPing}. */
record RegistryPingBody(Long id, String type, String url, String credentialType, String accessKey,
        String accessSecret, Boolean insecure, String caCertificate) {

    EndpointPing ping() {
        return new EndpointPing(Optional.ofNullable(id), Optional.ofNullable(type), Optional.ofNullable(url),
                Optional.ofNullable(credentialType), Optional.ofNullable(accessKey),
                Optional.ofNullable(accessSecret), Optional.ofNullable(insecure), Optional.ofNullable(caCertificate));
    }
}
