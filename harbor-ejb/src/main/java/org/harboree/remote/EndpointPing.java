// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote;

import java.util.Optional;

/**
 * What a ping is to try: a registry endpoint that is known, perhaps with another credential, or one that is not.
 *
 * @param id of a known one; of the given values only type and credential count then, so that its secret goes nowhere
 *     else
 */
public record EndpointPing(Optional<Long> id, Optional<String> type, Optional<String> url,
        Optional<String> credentialType, Optional<String> accessKey, Optional<String> accessSecret,
        Optional<Boolean> insecure, Optional<String> caCertificate) {
    /** @param known the endpoint of the id, empty without one */
    EndpointSettings settings(Optional<EndpointSettings> known) {
        EndpointSettings former = known.orElseGet(() -> new EndpointSettings("ping", "", "",
                url.filter(text -> !text.isEmpty()).map(EndpointSettings::url).orElse(""), RemoteCredential.BASIC, "",
                "", insecure.orElse(false), caCertificate.orElse("")));
        return new EndpointSettings(former.name(), former.description(), type.orElse(former.type()), former.url(),
                credentialType.filter(text -> !text.isEmpty()).orElse(former.credentialType()),
                accessKey.orElse(former.accessKey()), accessSecret.orElse(former.accessSecret()), former.insecure(),
                former.caCertificate());
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "ping";
    }
}
