// SPDX-License-Identifier: Apache-2.0
package org.harboree.token;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.harboree.access.AccessGuard;
import org.harboree.access.Caller;
import org.harboree.access.SigningKey;
import org.harboree.access.SigningKeys;
import org.harboree.web.Credentials;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.lang.JoseException;

/** The public keys of the token service, as key set and as certificates; and the order to make a new one. */
@Path("token")
public class TokenKeyResource {
    private static final String MAX_AGE = "max-age=300";

    @Inject
    private SigningKeys keys;

    @Inject
    private AccessGuard guard;

    @Inject
    private Credentials credentials;

    /** JSON Web Key Set (RFC 7517), newest key first. */
    @GET
    @Path("jwks")
    public Response jwks() throws JoseException {
        List<Map<String, Object>> set = new ArrayList<>();
        for (SigningKey key : keys.valid()) {
            JsonWebKey jwk = JsonWebKey.Factory.newJwk(key.certificate().getPublicKey());
            jwk.setKeyId(key.kid());
            jwk.setAlgorithm(key.algorithm());
            jwk.setUse("sig");
            set.add(jwk.toParams(JsonWebKey.OutputControlLevel.PUBLIC_ONLY));
        }
        return Response.ok(Map.of("keys", set), "application/json").header(HttpHeaders.CACHE_CONTROL, MAX_AGE).build();
    }

    /** PEM: what another registry takes as {@code rootcertbundle} to accept our tokens. */
    @GET
    @Path("certificates")
    @Produces("application/x-pem-file")
    public String certificates() throws GeneralSecurityException {
        StringBuilder pem = new StringBuilder();
        for (SigningKey key : keys.valid()) {
            pem.append(SigningKeys.pem(key.certificate()));
        }
        return pem.toString();
    }

    /** Makes a new key and signs with it from now on; tokens signed before stay good. For system administrators. */
    @POST
    @Path("keys")
    public Response rotate(@Context HttpServletRequest request) {
        guard.requireSysadmin(credentials.basic(request).orElse(Caller.anonymous()));
        return Response.status(Response.Status.CREATED)
                .entity(Map.of("kid", keys.rotate().kid()))
                .type("application/json")
                .build();
    }
}
