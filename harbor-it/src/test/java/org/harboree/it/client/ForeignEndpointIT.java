// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.harboree.it.Product;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Debian's docker-registry, which wants a password, as an endpoint of ours. */
@Tag("clients")
class ForeignEndpointIT {
    // "secret" by bcrypt, which is all that this registry takes
    private static final String USERS =
            "robot:$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a\n";

    private DockerRegistry registry;

    @AfterEach
    void stopRegistry() {
        if (registry != null) {
            registry.close();
        }
    }

    @Test
    void shouldBeEnteredWhileItAnswersAndTakesThePassword() throws IOException, InterruptedException {
        String address = start();
        String name = Product.uniqueName("foreign");

        assertThat(enter(name, address, "wrong").body()).contains("the registry is unhealthy");
        HttpResponse<String> entered = enter(name, address, "secret");
        assertThat(entered.statusCode()).as(entered.body()).isEqualTo(201);

        String id = entered.headers().firstValue("Location").orElseThrow().replaceFirst(".*/", "");
        assertThat(ping(id).statusCode()).isEqualTo(200);
        registry.close();
        registry = null;
        assertThat(ping(id).statusCode()).isEqualTo(400);
    }

    private String start() throws IOException {
        ClientHome home = ClientHome.create("foreign-endpoint");
        Path users = Files.writeString(Path.of(home.path("users")), USERS);
        registry = DockerRegistry.start(home, """
                auth:
                  htpasswd: {realm: foreign, path: %s}
                """.formatted(users));
        return registry.address();
    }

    private static HttpResponse<String> enter(String name, String address, String password)
            throws IOException, InterruptedException {
        return post("/registries", "{\"name\":\"" + name + "\",\"type\":\"docker-registry\",\"url\":\"http://" + address
                + "\",\"credential\":{\"access_key\":\"robot\",\"access_secret\":\"" + password + "\"}}");
    }

    private static HttpResponse<String> ping(String id) throws IOException, InterruptedException {
        return post("/registries/ping", "{\"id\":" + id + "}");
    }

    private static HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        String admin = "admin:" + Product.running().adminPassword();
        HttpRequest request = HttpRequest.newBuilder(URI.create(Product.running().url() + "/api/v2.0" + path))
                .header("Content-Type", "application/json").header("Authorization", "Basic "
                        + Base64.getEncoder().encodeToString(admin.getBytes(StandardCharsets.UTF_8)))
                .POST(BodyPublishers.ofString(body)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
