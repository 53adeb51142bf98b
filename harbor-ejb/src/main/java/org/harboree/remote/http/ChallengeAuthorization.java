// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.harboree.remote.RemoteCredential;
import org.harboree.remote.RemoteRegistryException;
import org.harboree.remote.RemoteRegistryException.Kind;

/**
 * Does what the registry asks for: a token of its token endpoint (Docker's "Token Authentication", by {@code GET}), or
 * user name and password. What the first answer of 401 said holds from then on, so that later requests come with their
 * proof at once. Tokens are kept by what they allow, until shortly before their end.
 */
public final class ChallengeAuthorization implements Authorization {
    private static final int MAX_TOKENS = 1_000;
    private static final int LOCKS = 32;
    /** What the protocol says of a token that does not tell. */
    private static final long DEFAULT_SECONDS = 60;
    private static final long LONGEST_SECONDS = 3600;

    private final RemoteHttp http;
    private final URI registry;
    private final Origin home;
    private final CredentialSource credentials;
    private final Cache<Set<String>, Token> tokens = Caffeine.newBuilder().maximumSize(MAX_TOKENS).build();
    /**
     * What user name and password prove though the registry gives tokens. A Harbor wants them for its catalog, and
     * asks for them wherever it refuses a token: one of before a project was made allows nothing in it.
     */
    private final Cache<Set<String>, Boolean> basic = Caffeine.newBuilder().maximumSize(MAX_TOKENS).build();
    private final Object[] locks = IntStream.range(0, LOCKS).mapToObj(i -> new Object()).toArray();
    private volatile Challenge challenge;

    /** @param registry whose challenges are answered, and who alone gets the proof */
    public ChallengeAuthorization(RemoteHttp http, URI registry, CredentialSource credentials) {
        this.http = http;
        this.registry = registry;
        this.home = Origin.of(registry);
        this.credentials = credentials;
    }

    /** Where a registry sends for tokens, and the name that it has there. */
    public record TokenEndpoint(URI realm, String service) {
    }

    /**
     * Asks a registry where it sends for tokens.
     *
     * @throws RemoteRegistryException MALFORMED if it wants no token
     */
    public static TokenEndpoint ask(RemoteHttp http, URI registry) throws IOException {
        RemoteRequest request = RemoteRequest.of("GET", URI.create(registry + "/v2/")).accepting(401);
        return http.send(request, Authorization.none(), answer -> {
            Challenge asked = Challenge.best(answer.headers("WWW-Authenticate"))
                    .filter(found -> found.scheme().equals(Challenge.BEARER))
                    .orElseThrow(() -> answer.malformed("the registry does not say where its tokens are given"));
            try {
                return new TokenEndpoint(registry.resolve(asked.parameters().get("realm")),
                        asked.parameters().getOrDefault("service", ""));
            } catch (IllegalArgumentException e) {
                throw answer.malformed("its token endpoint is not a URL");
            }
        });
    }

    @Override
    public boolean covers(URI target) {
        return Origin.of(target).equals(home);
    }

    @Override
    public Optional<String> header(List<String> scopes) throws IOException {
        Challenge known = challenge;
        if (known == null) {
            return Optional.empty();
        }
        if (known.scheme().equals(Challenge.BASIC) || basic.getIfPresent(new LinkedHashSet<>(scopes)) != null) {
            return credentials.current().map(CredentialSource::basic);
        }
        return Optional.of("Bearer " + token(known, new LinkedHashSet<>(scopes)).text);
    }

    @Override
    public boolean renew(RemoteAnswer refusal, List<String> scopes, Optional<String> sent) throws IOException {
        Optional<Challenge> found = Challenge.best(refusal.headers("WWW-Authenticate"));
        if (found.isEmpty()) {
            return false;
        }
        if (found.get().scheme().equals(Challenge.BASIC)) {
            return renewByPassword(found.get(), new LinkedHashSet<>(scopes), sent);
        }
        challenge = found.get();
        renewToken(found.get(), new LinkedHashSet<>(scopes), sent);
        return true;
    }

    private boolean renewByPassword(Challenge asked, Set<String> scopes, Optional<String> sent) throws IOException {
        Challenge known = challenge;
        if (known == null || known.scheme().equals(Challenge.BASIC)) {
            challenge = asked;
        } else {
            tokens.invalidate(scopes);
            basic.put(scopes, true);
        }
        Optional<String> proof = credentials.current().map(CredentialSource::basic);
        return proof.isPresent() && !proof.equals(sent);
    }

    private Token token(Challenge asked, Set<String> scopes) throws IOException {
        Token known = tokens.getIfPresent(scopes);
        if (known != null && known.isFresh()) {
            return known;
        }
        synchronized (lock(scopes)) {
            Token other = tokens.getIfPresent(scopes);
            return other != null && other.isFresh() ? other : fetch(asked, scopes, scopes);
        }
    }

    /** Another thread may have done so since the request was sent. */
    private void renewToken(Challenge asked, Set<String> scopes, Optional<String> sent) throws IOException {
        synchronized (lock(scopes)) {
            Token known = tokens.getIfPresent(scopes);
            if (known == null || !known.isFresh() || sent.isEmpty() || sent.get().equals("Bearer " + known.text)) {
                Set<String> wanted = new LinkedHashSet<>(scopes);
                if (asked.parameters().containsKey("scope")) {
                    wanted.addAll(List.of(asked.parameters().get("scope").strip().split("\\s+")));
                }
                wanted.remove("");
                fetch(asked, scopes, wanted);
            }
        }
    }

    private Object lock(Set<String> scopes) {
        return locks[Math.floorMod(scopes.hashCode(), LOCKS)];
    }

    private Token fetch(Challenge asked, Set<String> key, Set<String> scopes) throws IOException {
        Optional<RemoteCredential> credential = credentials.current();
        URI endpoint = endpoint(asked, scopes, credential);
        Authorization proof = Authorization.fixed(endpoint, credential.map(CredentialSource::basic));
        long asking = System.nanoTime();
        Token token = http.send(RemoteRequest.of("GET", endpoint).once(), proof, answer -> read(answer, asking));
        tokens.put(key, token);
        return token;
    }

    private URI endpoint(Challenge asked, Set<String> scopes, Optional<RemoteCredential> credential)
            throws RemoteRegistryException {
        String realm = asked.parameters().get("realm");
        StringBuilder url = new StringBuilder(realm).append(realm.indexOf('?') < 0 ? '?' : '&');
        url.append("service=").append(encode(asked.parameters().getOrDefault("service", "")));
        scopes.forEach(scope -> url.append("&scope=").append(encode(scope)));
        credential.ifPresent(known -> url.append("&account=").append(encode(known.accessKey())));
        URI endpoint;
        try {
            endpoint = registry.resolve(url.toString());
        } catch (IllegalArgumentException e) {
            throw refused("its token endpoint is not a URL");
        }
        Origin origin = Origin.of(endpoint);
        if (home.isEncrypted() && !origin.isEncrypted()) {
            throw refused("its token endpoint would get the credential without encryption");
        }
        return endpoint;
    }

    private RemoteRegistryException refused(String why) {
        return new RemoteRegistryException(Kind.TARGET_REFUSED, "GET " + registry + "/v2/", why);
    }

    private static Token read(RemoteAnswer answer, long asking) throws IOException {
        JsonNode json = answer.json();
        String text = json.path("token").asText(json.path("access_token").asText(""));
        if (text.isEmpty()) {
            text = json.path("access_token").asText("");
        }
        if (text.isEmpty() || !text.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw answer.malformed("there is no token in the answer");
        }
        long seconds = Math.min(Math.max(json.path("expires_in").asLong(DEFAULT_SECONDS), 1), LONGEST_SECONDS);
        // A transfer that starts with the token has to be accepted before its end.
        return new Token(text, asking + TimeUnit.SECONDS.toNanos(seconds - Math.min(seconds / 4, 30)));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** @param until by {@link System#nanoTime()} */
    private record Token(String text, long until) {
        boolean isFresh() {
            return until - System.nanoTime() > 0;
        }

        @Override
        public String toString() {
            return "token";
        }
    }
}
