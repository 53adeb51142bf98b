// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.harboree.remote.AdapterPattern;

/** Harbor's {@code RegistryProviderInfo}. */
record AdapterPatternView(@JsonInclude(JsonInclude.Include.NON_NULL) EndpointView endpointPattern,
        @JsonInclude(JsonInclude.Include.NON_NULL) CredentialView credentialPattern) {

    /** Harbor's {@code RegistryProviderEndpointPattern}. */
    record EndpointView(String endpointType, List<ChoiceView> endpoints) {
    }

    /** Harbor's {@code RegistryEndpoint}. */
    record ChoiceView(String key, String value) {
    }

    /** Harbor's {@code RegistryProviderCredentialPattern}. */
    record CredentialView(String accessKeyType, String accessKeyData, String accessSecretType,
            String accessSecretData) {
    }

    static AdapterPatternView of(AdapterPattern pattern) {
        return new AdapterPatternView(
                pattern.endpoints().map(endpoints -> new EndpointView(endpoints.type(), endpoints.choices().stream()
                        .map(choice -> new ChoiceView(choice.key(), choice.value())).toList())).orElse(null),
                pattern.credential().map(credential -> new CredentialView(credential.accessKeyType(),
                        credential.accessKeyData(), credential.accessSecretType(), credential.accessSecretData()))
                        .orElse(null));
    }
}
