// SPDX-License-Identifier: Apache-2.0
package org.harboree.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.harboree.config.Settings;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** Signs registry tokens: a JWT with Harbor's claims, and the ids of user and projects in claims of our own. */
@ApplicationScoped
public class TokenIssuer {
    public static final String ISSUER = "harbor-token-issuer";
    public static final String SERVICE = "harbor-registry";
    /** Claim with the caller's user id; absent for the anonymous caller. */
    static final String USER_ID = "harbor_user_id";
    /** Member of an {@code access} entry: the project the repository was in when the token was issued. */
    static final String PROJECT_ID = "project_id";

    @Inject
    private SigningKeys keys;

    @Inject
    private Settings settings;

    @Inject
    private TokenVerifier verifier;

    /** A signed token. {@code expiresIn} in seconds. */
    public record Issued(String token, long expiresIn, Instant issuedAt) {}

    /**
     * @param repositories what the token allows; one that allows nothing is written with empty actions, as Harbor does
     * @param before a moment before the caller's row was read
     */
    public Issued issue(Caller caller, Map<String, VerifiedToken.RepositoryRights> repositories, boolean catalog,
            TokenVerifier.Moment before) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        long seconds = settings.tokenExpirationMinutes() * 60L;
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setSubject(caller.isAnonymous() ? "" : caller.name());
        claims.setAudience(List.of(SERVICE));
        claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setNotBefore(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(now.getEpochSecond() + seconds));
        claims.setJwtId(UUID.randomUUID().toString());
        if (!caller.isAnonymous()) {
            claims.setClaim(USER_ID, caller.userId());
        }
        claims.setClaim("access", access(repositories, catalog));
        String token = sign(claims);
        verifier.signed(token, new VerifiedToken(bearer(caller), repositories, catalog, now, now.plusSeconds(seconds)),
                before);
        return new Issued(token, seconds, now);
    }

    /** Who the token says that its bearer is: never a system administrator, which only the live row can tell. */
    private static Caller bearer(Caller caller) {
        return caller.isAnonymous()
                ? Caller.anonymous()
                : new Caller(Caller.Kind.USER, caller.userId(), caller.name(), false);
    }

    private static List<Map<String, Object>> access(
            Map<String, VerifiedToken.RepositoryRights> repositories, boolean catalog) {
        List<Map<String, Object>> access = new ArrayList<>();
        repositories.forEach((name, rights) -> access.add(Map.of(
                "type", "repository",
                "name", name,
                "actions", rights.actions().stream().sorted().map(Action::wireName).toList(),
                PROJECT_ID, rights.projectId())));
        if (catalog) {
            access.add(Map.of("type", "registry", "name", "catalog", "actions", List.of("*")));
        }
        return access;
    }

    private String sign(JwtClaims claims) {
        SigningKey key = keys.current();
        JsonWebSignature signature = new JsonWebSignature();
        signature.setHeader("typ", "JWT");
        signature.setAlgorithmHeaderValue(key.algorithm());
        signature.setKeyIdHeaderValue(key.kid());
        signature.setKey(key.privateKey());
        signature.setPayload(claims.toJson());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("the token cannot be signed", e);
        }
    }
}
