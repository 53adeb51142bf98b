// SPDX-License-Identifier: Apache-2.0
package org.harboree.v2;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.registry.RegistryCaller;
import org.harboree.registry.RegistryTokenService;
import org.harboree.web.Credentials;

/** Who stands at the door: the holder of a registry token, or a name with its password. */
@ApplicationScoped
public class RegistryCallers {
    @Inject
    private RegistryTokenService tokens;

    @Inject
    private Credentials credentials;

    /**
     * The caller of the request.
     *
     * @throws HarborException UNAUTHORIZED without good credentials. An anonymous pull also needs a token, as Harbor
     *     has it (harbor#11271): the challenge tells the client where to get one.
     */
    public RegistryCaller of(HttpServletRequest request) {
        Optional<String> token = Credentials.bearer(request);
        Optional<RegistryCaller> caller = token.isPresent()
                ? tokens.callerOf(token.get())
                : credentials.basic(request).map(RegistryCaller::of);
        return caller.orElseThrow(() -> new HarborException(ErrorCode.UNAUTHORIZED));
    }
}
