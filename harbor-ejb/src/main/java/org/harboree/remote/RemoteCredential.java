// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote;

import java.util.Objects;

/**
 * What proves to another registry who we are.
 *
 * @param type Harbor's {@code credential.type}: {@code basic}, {@code oauth} or {@code secret}
 * @param accessKey the user name, or what the registry's kind uses in its place; not empty
 * @param accessSecret the password or key; never logged, never shown
 */
public record RemoteCredential(String type, String accessKey, String accessSecret) {
    /** Harbor's default. */
    public static final String BASIC = "basic";

    public RemoteCredential {
        Objects.requireNonNull(type);
        Objects.requireNonNull(accessKey);
        Objects.requireNonNull(accessSecret);
        if (accessKey.isEmpty()) {
            throw new IllegalArgumentException("a credential without access key is none");
        }
    }

    /** A user name with a password. */
    public static RemoteCredential basic(String user, String password) {
        return new RemoteCredential(BASIC, user, password);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return type + ":" + accessKey;
    }
}
