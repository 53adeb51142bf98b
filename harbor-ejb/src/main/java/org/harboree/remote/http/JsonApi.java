// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.http.entity.ByteArrayEntity;
import org.harboree.remote.RemoteRegistryException;
import org.harboree.remote.RemoteRegistryException.Kind;

/** A registry's own API beside {@code /v2/}, where it speaks JSON. Paths begin with a slash, below the base. */
public final class JsonApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_PAGES = 100_000;

    private final URI base;
    private final RemoteHttp http;
    private final Authorization authorization;
    private final Map<String, String> headers;

    /**
     * @param base without a slash at its end
     * @param headers of each request, to the base only
     */
    public JsonApi(URI base, RemoteHttp http, Authorization authorization, Map<String, String> headers) {
        this.base = base;
        this.http = http;
        this.authorization = authorization;
        this.headers = Map.copyOf(headers);
    }

    public JsonApi(URI base, RemoteHttp http, Authorization authorization) {
        this(base, http, authorization, Map.of());
    }

    /** A value for a path or a query. */
    public static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public JsonNode get(String path) throws IOException {
        return http.send(request("GET", path), authorization, RemoteAnswer::json);
    }

    /** As {@link #get}; empty for 404. */
    public Optional<JsonNode> find(String path) throws IOException {
        try {
            return Optional.of(get(path));
        } catch (RemoteRegistryException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Sends a document; an answer without a body is a missing node. */
    public JsonNode send(String method, String path, Map<String, ?> document) throws IOException {
        RemoteRequest request = request(method, path).with("Content-Type", "application/json")
                .with(new ByteArrayEntity(write(document)));
        return http.send(request, authorization, answer -> {
            JsonNode json = answer.json();
            return json == null ? MissingNode.getInstance() : json;
        });
    }

    /** As {@link #send}; false for 409: somebody else was faster. */
    public boolean create(String method, String path, Map<String, ?> document) throws IOException {
        RemoteRequest request = request(method, path).with("Content-Type", "application/json")
                .with(new ByteArrayEntity(write(document))).accepting(409);
        return http.send(request, authorization, answer -> answer.status() != 409);
    }

    /** Deletes; 404 is fine. */
    public void delete(String path) throws IOException {
        http.send(request("DELETE", path).accepting(404), authorization, answer -> true);
    }

    /** What is made of a page. */
    @FunctionalInterface
    public interface PageReader {
        void read(JsonNode page) throws IOException;
    }

    /**
     * Reads page after page.
     *
     * @param next the path of the page after the given one
     */
    public void pages(String first, PageReader reader, Function<RemoteAnswer, Optional<String>> next)
            throws IOException {
        Optional<String> path = Optional.of(first);
        for (int pages = 0; path.isPresent(); pages++) {
            RemoteRequest request = request("GET", path.get());
            if (pages >= MAX_PAGES) {
                throw RemoteHttp.malformed(request, "its pages do not end");
            }
            path = http.send(request, authorization, answer -> {
                reader.read(answer.json());
                return next.apply(answer);
            });
        }
    }

    private RemoteRequest request(String method, String path) {
        RemoteRequest request = RemoteRequest.of(method, URI.create(base + path)).with("Accept", "application/json");
        for (Map.Entry<String, String> header : headers.entrySet()) {
            request = request.with(header.getKey(), header.getValue());
        }
        return request;
    }

    private static byte[] write(Map<String, ?> document) {
        try {
            return JSON.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a document", e);
        }
    }
}
