// SPDX-License-Identifier: Apache-2.0
package org.harboree.it;

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
import java.util.Map;

/**
 * Harbor's REST API v2.0 as one user, with basic authentication. The named methods expect success and fail the test
 * otherwise; {@link #send} hands back whatever the server answered.
 */
public final class HarborApi {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI server;
    private final String authorization;

    /** @param server where it answers, without a slash at the end */
    public HarborApi(URI server, String user, String password) {
        this.server = server;
        byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        this.authorization = "Basic " + Base64.getEncoder().encodeToString(credentials);
    }

    /** A new private project with a unique name that begins with the stem; its name. */
    public String newProject(String stem) {
        return newProject(stem, Map.of("public", "false"));
    }

    /** A new project with a unique name and the given metadata, as Harbor spells it; its name. */
    public String newProject(String stem, Map<String, String> metadata) {
        String name = Product.uniqueName(stem);
        post("/projects", Map.of("project_name", name, "metadata", metadata));
        return name;
    }

    /** A new user with a unique name and the given password; its name. */
    public String newUser(String stem, String password) {
        String name = Product.uniqueName(stem);
        post("/users", Map.of("username", name, "password", password, "realname", "Test user " + name,
                "email", name + "@example.com", "comment", "black-box test"));
        return name;
    }

    /** Makes a user a member of a project. */
    public void addMember(String project, String user, ProjectRole role) {
        post("/projects/" + project + "/members",
                Map.of("role_id", role.id(), "member_user", Map.of("username", user)));
    }

    /** Reads a resource below {@code /api/v2.0}; the answer must be 200. */
    public JsonNode get(String path) {
        HttpResponse<String> answer = send("GET", path, "");
        if (answer.statusCode() != 200) {
            throw unexpected("GET", path, answer);
        }
        return parse(answer.body());
    }

    /** Creates a resource below {@code /api/v2.0}; the answer must be 201. */
    public void post(String path, Map<String, ?> body) {
        try {
            HttpResponse<String> answer = send("POST", path, JSON.writeValueAsString(body));
            if (answer.statusCode() != 201) {
                throw unexpected("POST", path, answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One request below {@code /api/v2.0}; an empty body sends none. Any answer is handed back. */
    public HttpResponse<String> send(String method, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + "/api/v2.0" + path))
                .timeout(Duration.ofMinutes(1)).header("Authorization", authorization);
        if (body.isEmpty()) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.method(method, BodyPublishers.ofString(body)).header("Content-Type", "application/json");
        }
        return Requests.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException("Not JSON: " + body, e);
        }
    }

    private static AssertionError unexpected(String method, String path, HttpResponse<String> answer) {
        return new AssertionError(method + " " + path + " was answered " + answer.statusCode() + ": " + answer.body());
    }
}
