// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.harboree.it.Product;
import org.harboree.it.Requests;

/**
 * HTTP as one user, or as nobody, to the product or to a registry beside it. Paths are those below the API unless they
 * begin with {@code /api} or {@code /v2}.
 */
final class ApiClient {
    static final String PASSWORD = "Api-Test-Passw0rd";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI server;
    private final Optional<String> authorization;
    private final String name;

    /** What came back. */
    record Answer(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        String body() {
            return response.body();
        }

        Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }

        JsonNode json() {
            try {
                return JSON.readTree(response.body());
            } catch (IOException e) {
                throw new UncheckedIOException("no JSON: " + response.body(), e);
            }
        }

        /** The number at the end of {@code Location}. */
        long newId() {
            String location = header("Location").orElseThrow(() -> new AssertionError(status() + " " + body()));
            return Long.parseLong(location.substring(location.lastIndexOf('/') + 1));
        }

        /** The code of the first error. */
        String error() {
            return json().at("/errors/0/code").asText();
        }
    }

    private ApiClient(URI server, String name, Optional<String> authorization) {
        this.server = server;
        this.name = name;
        this.authorization = authorization;
    }

    static ApiClient anonymous() {
        return anonymousAt(Product.running().url());
    }

    /** @param server any registry, without a slash at the end */
    static ApiClient anonymousAt(URI server) {
        return new ApiClient(server, "anonymous", Optional.empty());
    }

    static ApiClient as(String user, String password) {
        return at(Product.running().url(), user, password);
    }

    /** @param server any registry, without a slash at the end */
    static ApiClient at(URI server, String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new ApiClient(server, user, Optional.of("Basic " + Base64.getEncoder().encodeToString(pair)));
    }

    static ApiClient admin() {
        return as("admin", Product.running().adminPassword());
    }

    /** A user made now. */
    static ApiClient newUser(String stem) {
        return as(Product.running().api().newUser(stem, PASSWORD), PASSWORD);
    }

    String name() {
        return name;
    }

    Answer get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    Answer post(String path, String json, String... headers) {
        return send("POST", path, json, headers);
    }

    Answer put(String path, String json, String... headers) {
        return send("PUT", path, json, headers);
    }

    Answer delete(String path) {
        return send("DELETE", path, "");
    }

    /** @param headers names and values in turn; a body is JSON unless a content type is among them */
    Answer send(String method, String path, String body, String... headers) {
        return send(method, path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    Answer send(String method, String path, byte[] body, String... headers) {
        String full = path.startsWith("/api") || path.startsWith("/v2") ? path : "/api/v2.0" + path;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + full))
                .timeout(Duration.ofMinutes(1))
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        authorization.ifPresent(credentials -> request.header("Authorization", credentials));
        if (body.length > 0 && !List.of(headers).contains("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return new Answer(Requests.send(request.build(), BodyHandlers.ofString()));
    }
}
