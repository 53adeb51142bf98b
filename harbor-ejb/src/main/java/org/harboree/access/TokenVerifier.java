// SPDX-License-Identifier: Apache-2.0
package org.harboree.access;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Predicate;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.harboree.access.VerifiedToken.RepositoryRights;
import org.harboree.node.NodeWatch;

/**
 * Decides whether a bearer token is one of ours and still good, and reads what it allows.
 *
 * <p>A MicroProfile JWT: SmallRye's parser checks signature, issuer, audience and times with the one key and the one
 * algorithm that the token's {@code kid} names in our own set. Headers that would bring a key along
 * ({@code jku, jwk, x5u, x5c}) or change the processing ({@code crit, zip}) are refused before (RFC 8725 3.1, 3.10).
 *
 * <p>The last {@value #REMEMBERED} tokens at least are remembered until they expire, so a warm pull costs one look-up.
 * Those that this node signed itself are known before they come back, which spares the first request with a token the
 * check of its signature, and the question for its user where nobody's rights have changed meanwhile. Whoever takes a
 * user's rights away calls {@link #forgetUser}. With several nodes the user is asked for with each request: one of the
 * others may have taken something away.
 */
@ApplicationScoped
public class TokenVerifier {
    /** Characters; ours have some 600, a few more for each repository. */
    private static final int MAX_LENGTH = 8192;
    private static final int REMEMBERED = 10_000;
    private static final int CLOCK_SKEW_SECONDS = 60;
    private static final Set<String> HEADERS = Set.of("alg", "typ", "kid");
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    /** Users of one stripe are forgotten together; a collision costs one question for the user of each token. */
    private static final int STRIPES = 1024;

    /** In the place of an epoch: the user was not asked for yet. */
    private static final long NOT_ASKED = -1;

    private final Recent<String, Remembered> verified = new Recent<>(REMEMBERED);
    private final AtomicLongArray epochs = new AtomicLongArray(STRIPES);
    private final AtomicLong forgotten = new AtomicLong();
    private final DefaultJWTCallerPrincipalFactory parser = new DefaultJWTCallerPrincipalFactory();
    private SigningKeys keys;
    private NodeWatch nodes;

    /**
     * @param trust number of the time without other nodes in which the user was asked for, see {@link NodeWatch#trust}
     * @param epoch of the token's user before the user was asked for, or {@link #NOT_ASKED}
     */
    private record Remembered(VerifiedToken token, long trust, long epoch) {}

    /** For the container's proxies. */
    protected TokenVerifier() {
    }

    @Inject
    TokenVerifier(SigningKeys keys, NodeWatch nodes) {
        this.keys = keys;
        this.nodes = nodes;
    }

    /**
     * The token's content, or empty for anything that is not a good token of this registry.
     *
     * @param live asked once, when the token is met for the first time: whether its user still exists
     */
    public Optional<VerifiedToken> verify(String token, Predicate<VerifiedToken> live) {
        Optional<VerifiedToken> known = peek(token);
        if (known.isPresent()) {
            return known;
        }
        return signed(token).or(() -> parse(token)).filter(parsed -> {
            long trust = nodes.trust();
            long epoch = epochs.get(stripe(parsed));
            boolean good = live.test(parsed);
            if (good) {
                verified.put(token, new Remembered(parsed, trust, epoch));
            }
            return good;
        });
    }

    /** The token's content if it was verified before, has not expired and its user was not forgotten; never blocks. */
    public Optional<VerifiedToken> peek(String token) {
        Remembered known = verified.get(token);
        boolean good = isValid(known) && known.epoch() == epochs.get(stripe(known.token()))
                && known.trust() >= 0 && known.trust() == nodes.trust();
        return good ? Optional.of(known.token()) : Optional.empty();
    }

    /** A moment, told by what has changed before it. */
    public record Moment(long trust, long forgotten) {}

    /** This moment, for whoever is about to read a user's row and will sign a token for that user. */
    public Moment now() {
        return new Moment(nodes.trust(), forgotten.get());
    }

    /**
     * Takes note of a token that was signed just now. Its user is asked for when it is shown, as for a token that was
     * never seen, unless nobody was forgotten since the row was read.
     *
     * @param content exactly what the token says
     * @param before a moment before the user's row was read
     */
    void signed(String token, VerifiedToken content, Moment before) {
        if (token.length() <= MAX_LENGTH) {
            long epoch = epochs.get(stripe(content));
            verified.put(token, new Remembered(content, before.trust(), before.equals(now()) ? epoch : NOT_ASKED));
        }
    }

    /** The content of a token whose signature is known to be good, whatever has become of its user. */
    private Optional<VerifiedToken> signed(String token) {
        return Optional.ofNullable(verified.get(token)).filter(TokenVerifier::isValid)
                .map(Remembered::token);
    }

    private static boolean isValid(Remembered known) {
        return known != null && known.token().expires().getEpochSecond() > System.currentTimeMillis() / 1000;
    }

    /**
     * From now on the user is asked for anew, with each of their tokens, and so the live row decides; also for those
     * that are being verified at this moment. To be called when the row has changed.
     */
    public void forgetUser(long userId) {
        forgotten.incrementAndGet();
        epochs.incrementAndGet(stripe(userId));
    }

    private static int stripe(VerifiedToken token) {
        return stripe(token.caller().userId());
    }

    private static int stripe(long userId) {
        return (int) (userId & STRIPES - 1);
    }

    private Optional<VerifiedToken> parse(String token) {
        if (token.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        return key(token).flatMap(key -> {
            try {
                return read(parser.parse(token, contextOf(key)));
            } catch (ParseException e) {
                return Optional.empty();
            }
        });
    }

    private Optional<SigningKey> key(String token) {
        int dot = token.indexOf('.');
        if (dot <= 0) {
            return Optional.empty();
        }
        JsonNode header;
        try {
            header = JSON.readTree(Base64.getUrlDecoder().decode(token.substring(0, dot)));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
        if (header == null || !header.isObject() || !"JWT".equals(header.path("typ").textValue())) {
            return Optional.empty();
        }
        for (var names = header.fieldNames(); names.hasNext(); ) {
            if (!HEADERS.contains(names.next())) {
                return Optional.empty();
            }
        }
        String algorithm = header.path("alg").textValue();
        return Optional.ofNullable(header.path("kid").textValue())
                .flatMap(keys::byId)
                .filter(key -> key.algorithm().equals(algorithm));
    }

    private static JWTAuthContextInfo contextOf(SigningKey key) {
        JWTAuthContextInfo context = new JWTAuthContextInfo(key.certificate().getPublicKey(), TokenIssuer.ISSUER);
        context.setSignatureAlgorithm(SignatureAlgorithm.fromAlgorithm(key.algorithm()));
        context.setExpectedAudience(Set.of(TokenIssuer.SERVICE));
        context.setClockSkew(CLOCK_SKEW_SECONDS);
        return context;
    }

    /** Empty where a claim has not the form in which {@link TokenIssuer} writes it: then it is not our token. */
    private static Optional<VerifiedToken> read(JsonWebToken token) {
        try {
            Map<String, RepositoryRights> repositories = new HashMap<>();
            boolean catalog = false;
            for (JsonObject entry : ((JsonArray) token.getClaim("access")).getValuesAs(JsonObject.class)) {
                if (entry.getString("type").equals("repository")) {
                    repositories.put(entry.getString("name"), rights(entry));
                } else if (entry.getString("name").equals("catalog")) {
                    catalog = true;
                }
            }
            Instant issued = Instant.ofEpochSecond(token.getIssuedAtTime());
            Instant expires = Instant.ofEpochSecond(token.getExpirationTime());
            return Optional.of(new VerifiedToken(caller(token), repositories, catalog, issued, expires))
                    .filter(read -> isPast(token.getIssuedAtTime()));
        } catch (ArithmeticException | ClassCastException | NullPointerException otherForm) {
            return Optional.empty();
        }
    }

    /** SmallRye asks for the claim but does not look at it. */
    private static boolean isPast(long seconds) {
        return seconds > 0 && seconds <= System.currentTimeMillis() / 1000 + CLOCK_SKEW_SECONDS;
    }

    private static RepositoryRights rights(JsonObject entry) {
        return new RepositoryRights(entry.getJsonNumber(TokenIssuer.PROJECT_ID).longValueExact(), actions(entry));
    }

    private static Caller caller(JsonWebToken token) {
        JsonNumber userId = token.getClaim(TokenIssuer.USER_ID);
        return userId == null
                ? Caller.anonymous()
                : new Caller(Caller.Kind.USER, userId.longValueExact(), token.getSubject(), false);
    }

    private static Set<Action> actions(JsonObject entry) {
        Set<Action> actions = EnumSet.noneOf(Action.class);
        for (JsonString action : entry.getJsonArray("actions").getValuesAs(JsonString.class)) {
            Action.parse(action.getString()).ifPresent(actions::add);
        }
        return actions;
    }
}
