// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import java.util.Optional;
import org.harboree.access.Caller;
import org.harboree.access.VerifiedToken;

/**
 * Who stands at {@code /v2}: a caller whose credentials were checked now, or the holder of a registry token, whose
 * caller is as of the token's issue.
 */
public record RegistryCaller(Caller caller, Optional<VerifiedToken> token) {

    public static RegistryCaller of(Caller caller) {
        return new RegistryCaller(caller, Optional.empty());
    }

    public static RegistryCaller of(VerifiedToken token) {
        return new RegistryCaller(token.caller(), Optional.of(token));
    }
}
