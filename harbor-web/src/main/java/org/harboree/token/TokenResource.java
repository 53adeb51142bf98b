// SPDX-License-Identifier: Apache-2.0
package org.harboree.token;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.harboree.access.Caller;
import org.harboree.access.TokenIssuer;
import org.harboree.access.TokenScope;
import org.harboree.access.TokenVerifier;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.registry.RegistryTokenService;
import org.harboree.web.Credentials;
import org.harboree.web.QueryString;

/**
 * {@code GET /service/token}. There is no POST: clients that try OAuth first fall back on its 405.
 *
 * <p>Who sends no credentials gets a token of the anonymous caller, so that a pull of a public image succeeds; but 401
 * if they ask for no scope, which is what {@code docker login} does. Wrong credentials are 401 in any case: Harbor would
 * go on as anonymous, and the user would look for the fault in the wrong place.
 */
@Path("token")
public class TokenResource {
    @Inject
    private Credentials credentials;

    @Inject
    private RegistryTokenService tokens;

    @Inject
    private TokenVerifier verifier;

    @GET
    public Response issue(@Context HttpServletRequest request) {
        QueryString query = QueryString.of(request);
        String service = query.first("service").orElse("");
        if (!service.equals(TokenIssuer.SERVICE)) {
            throw new HarborException(ErrorCode.BAD_REQUEST, "this token service does not serve that service");
        }
        List<String> scopes = query.all("scope");
        TokenScope scope = TokenScope.parse(scopes);
        TokenVerifier.Moment before = verifier.now();
        Optional<Caller> caller = credentials.basic(request);
        if (caller.isEmpty() && (scopes.isEmpty() || Credentials.arePresent(request))) {
            throw new HarborException(ErrorCode.UNAUTHORIZED);
        }
        TokenIssuer.Issued issued = tokens.issue(caller.orElse(Caller.anonymous()), scope, before);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("token", issued.token());
        body.put("expires_in", issued.expiresIn());
        body.put("issued_at", issued.issuedAt().toString());
        return Response.ok(body, "application/json").header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }
}
