// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote;

import java.util.List;
import java.util.Optional;

/**
 * How a console helps to enter an endpoint (Harbor's {@code RegistryProviderInfo}).
 *
 * @param endpoints empty where any URL may be entered
 * @param credential empty where it is an ordinary user name and password
 */
public record AdapterPattern(Optional<EndpointPattern> endpoints, Optional<CredentialPattern> credential) {
    /**
     * URLs to choose from.
     *
     * @param type {@code EndpointPatternTypeList} (choose or enter) or {@code EndpointPatternTypeFix} (the only one)
     */
    public record EndpointPattern(String type, List<Choice> choices) {
        public EndpointPattern {
            choices = List.copyOf(choices);
        }
    }

    /** A name with its URL. */
    public record Choice(String key, String value) {
    }

    /**
     * What stands for user name and password.
     *
     * @param accessKeyType {@code AccessKeyTypeStandard} or {@code AccessKeyTypeFix}: always {@code accessKeyData}
     * @param accessSecretType {@code AccessSecretTypeStandard} or {@code AccessSecretTypeFile}: a file's text
     */
    public record CredentialPattern(String accessKeyType, String accessKeyData, String accessSecretType,
            String accessSecretData) {
    }
}
