// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.http.entity.ByteArrayEntity;
import org.harboree.remote.RemoteCredential;
import org.harboree.remote.RemoteRegistryException;
import org.harboree.remote.RemoteRegistryException.Kind;
import org.harboree.remote.http.Authorization;
import org.harboree.remote.http.RemoteAnswer;
import org.harboree.remote.http.RemoteHttp;
import org.harboree.remote.http.RemoteRequest;

/** The calls of AWS's "Amazon Elastic Container Registry API" (2015-09-21) that take no SDK. */
final class AwsEcrApi {
    private static final String TARGET = "AmazonEC2ContainerRegistry_V20150921.";
    private static final ObjectMapper JSON = new ObjectMapper();
    /** AWS's tokens live twelve hours. */
    private static final Duration TOKEN_LIFE = Duration.ofHours(1);

    private final RemoteHttp http;
    private final URI api;
    private final Optional<String> account;
    private final AwsSignature signature;
    private RegistryLogin login;
    private Instant until = Instant.MIN;

    /** What opens the registry: where it is, and a user name and password for some hours. */
    record RegistryLogin(URI registry, RemoteCredential credential) {
    }

    /** @param account whose registry is meant; empty for that of the key */
    AwsEcrApi(RemoteHttp http, URI api, Optional<String> account, AwsSignature signature) {
        this.http = http;
        this.api = api;
        this.account = account;
        this.signature = signature;
    }

    synchronized RegistryLogin login() throws IOException {
        if (login == null || Instant.now().isAfter(until)) {
            Map<String, Object> body = new HashMap<>();
            account.ifPresent(id -> body.put("registryIds", new String[] {id}));
            login = call("GetAuthorizationToken", body, AwsEcrApi::read);
            until = Instant.now().plus(TOKEN_LIFE);
        }
        return login;
    }

    /** Calls an operation. @throws RemoteRegistryException REFUSED, with AWS's name of the error in its message */
    JsonNode call(String operation, Map<String, Object> body) throws IOException {
        return call(operation, body, RemoteAnswer::json);
    }

    /** Whether a failure is AWS's exception of that name. */
    static boolean is(RemoteRegistryException e, String name) {
        return e.getMessage().contains(name);
    }

    private <T> T call(String operation, Map<String, Object> body, RemoteHttp.Reader<T> reader) throws IOException {
        byte[] bytes = bytes(body);
        Map<String, String> headers = Map.of("Content-Type", "application/x-amz-json-1.1", "X-Amz-Target",
                TARGET + operation);
        URI uri = URI.create(api + "/");
        RemoteRequest request = RemoteRequest.of("POST", uri).with(new ByteArrayEntity(bytes)).accepting(400);
        for (Map.Entry<String, String> header
                : signature.sign("POST", uri, headers, bytes, Instant.now()).entrySet()) {
            request = request.with(header.getKey(), header.getValue());
        }
        return http.send(request, Authorization.none(), answer -> {
            if (answer.status() == 400) {
                JsonNode error = answer.json();
                String name = error.path("__type").asText("unknown error");
                throw answer.failure(kind(name), name + " " + error.path("message").asText(""));
            }
            return reader.read(answer);
        });
    }

    /** AWS says almost everything with 400. */
    private static Kind kind(String error) {
        if (error.contains("Throttling")) {
            return Kind.TOO_MANY_REQUESTS;
        }
        if (error.contains("AccessDenied")) {
            return Kind.FORBIDDEN;
        }
        return error.contains("UnrecognizedClient") || error.contains("InvalidSignature")
                || error.contains("IncompleteSignature") || error.contains("ExpiredToken") ? Kind.UNAUTHORIZED
                : Kind.REFUSED;
    }

    private static RegistryLogin read(RemoteAnswer answer) throws IOException {
        JsonNode data = answer.json().path("authorizationData").path(0);
        try {
            String pair = new String(Base64.getDecoder().decode(data.path("authorizationToken").asText()),
                    StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return new RegistryLogin(URI.create(data.path("proxyEndpoint").asText()),
                    RemoteCredential.basic(pair.substring(0, colon), pair.substring(colon + 1)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw answer.malformed("there is no authorization in the answer");
        }
    }

    private static byte[] bytes(Map<String, Object> body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a document", e);
        }
    }
}
