// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote;

import java.util.Optional;

/**
 * What is to change of a registry endpoint; empty is what stays. The type stays always.
 *
 * @param url as it was entered
 */
public record EndpointChange(Optional<String> name, Optional<String> description, Optional<String> url,
        Optional<String> credentialType, Optional<String> accessKey, Optional<String> accessSecret,
        Optional<Boolean> insecure, Optional<String> caCertificate) {
    /** Harbor's rule: a secret does not follow its endpoint to another URL. */
    EndpointSettings of(EndpointSettings former) {
        String place = url.map(EndpointSettings::url).orElse(former.url());
        EndpointSettings moved = accessSecret.isPresent() ? former : former.movedTo(place);
        return new EndpointSettings(name.orElse(former.name()), description.orElse(former.description()),
                former.type(), place, credentialType.orElse(former.credentialType()),
                accessKey.orElse(former.accessKey()), accessSecret.orElse(moved.accessSecret()),
                insecure.orElse(former.insecure()), caCertificate.orElse(former.caCertificate()));
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "change of an endpoint";
    }
}
