// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.harboree.remote.RemoteName;
import org.harboree.remote.RemoteRegistryException;
import org.harboree.remote.RemoteRegistryException.Kind;
import org.harboree.remote.http.Authorization;
import org.harboree.remote.http.RemoteAnswer;
import org.harboree.remote.http.RemoteHttp;
import org.harboree.remote.http.RemoteRequest;

/** Addresses, scopes and pages of one registry's {@code /v2/}, and the door that its requests go through. */
final class RegistryApi {
    private static final int MAX_PAGES = 100_000;

    private final URI registry;
    private final RemoteHttp http;
    private final Authorization authorization;

    /** @param registry what stands before {@code /v2/}, without a slash at its end */
    RegistryApi(URI registry, RemoteHttp http, Authorization authorization) {
        this.registry = registry;
        this.http = http;
        this.authorization = authorization;
    }

    /** {@code path} below {@code /v2/}; what is in it needs no encoding. */
    URI v2(String path) {
        return URI.create(registry + "/v2/" + path);
    }

    static String pull(RemoteName repository) {
        return "repository:" + repository + ":pull";
    }

    static String push(RemoteName repository) {
        return "repository:" + repository + ":pull,push";
    }

    /** Registries that know no such action ignore it, and ask for what they know. */
    static String delete(RemoteName repository) {
        return "repository:" + repository + ":delete";
    }

    RemoteHttp http() {
        return http;
    }

    <T> T send(RemoteRequest request, RemoteHttp.Reader<T> reader) throws IOException {
        return http.send(request, authorization, reader);
    }

    void send(RemoteRequest request) throws IOException {
        http.send(request, authorization, answer -> null);
    }

    RemoteAnswer open(RemoteRequest request) throws IOException {
        return http.open(request, authorization);
    }

    /** As {@link #send}; empty for 404. */
    <T> Optional<T> find(RemoteRequest request, RemoteHttp.Reader<T> reader) throws IOException {
        try {
            return Optional.of(send(request, reader));
        } catch (RemoteRegistryException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Where the registry says that something goes on (an upload): relative to where it said so. */
    URI location(RemoteAnswer answer) throws IOException {
        String location = answer.header("Location")
                .orElseThrow(() -> answer.malformed("there is no Location in the answer"));
        URI uri;
        try {
            uri = answer.uri().resolve(location);
        } catch (IllegalArgumentException e) {
            throw answer.malformed("the Location is not a URL");
        }
        if (uri.getHost() == null || !Set.of("http", "https").contains(uri.getScheme())) {
            throw answer.malformed("the Location is not a URL");
        }
        if ("https".equals(answer.uri().getScheme()) && "http".equals(uri.getScheme())) {
            // A registry behind a proxy that ends TLS does not know better.
            return URI.create("https" + uri.toString().substring("http".length()));
        }
        return uri;
    }

    /** Reads a listing to its end, by the header {@code Link}. */
    void pages(RemoteRequest first, Consumer<JsonNode> page) throws IOException {
        Set<URI> seen = new HashSet<>();
        Optional<URI> next = Optional.of(first.uri());
        while (next.isPresent()) {
            URI uri = next.get();
            RemoteRequest request = RemoteRequest.of("GET", uri, first.scopes().toArray(String[]::new));
            if (!seen.add(uri) || seen.size() > MAX_PAGES) {
                throw RemoteHttp.malformed(request, "its pages go in a circle");
            }
            next = send(request, answer -> {
                page.accept(answer.json());
                return next(answer);
            });
        }
    }

    /** RFC 8288: the target of {@code rel="next"}; the token goes with it, so it has to be the same host. */
    static Optional<URI> next(RemoteAnswer answer) throws IOException {
        try {
            return nextUri(answer);
        } catch (IllegalArgumentException e) {
            throw answer.malformed("the Link to the next page is not a URL");
        }
    }

    /** @throws IllegalArgumentException if it is not a URL */
    static Optional<URI> nextUri(RemoteAnswer answer) {
        for (String header : answer.headers("Link")) {
            int open = header.indexOf('<');
            int close = header.indexOf('>', open + 1);
            if (open >= 0 && close > open && header.substring(close).matches(".*rel=\"?next\"?.*")) {
                URI next = answer.uri().resolve(header.substring(open + 1, close));
                // Behind a proxy a registry may name itself otherwise; path and query are what counts.
                return Optional.of(answer.uri().resolve(next.getRawPath()
                        + (next.getRawQuery() == null ? "" : "?" + next.getRawQuery())));
            }
        }
        return Optional.empty();
    }
}
