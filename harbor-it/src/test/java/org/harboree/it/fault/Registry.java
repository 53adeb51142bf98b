// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** A client of {@code /v2} as the administrator, with what these tests need of it. */
final class Registry {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String CONFIG = "{\"architecture\":\"amd64\",\"os\":\"linux\"}";

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI url;
    private final String authorization;

    Registry(URI url, String password) {
        this.url = url;
        this.authorization = "Basic "
                + Base64.getEncoder().encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8));
    }

    HttpResponse<String> send(String method, String path, BodyPublisher body) throws IOException, InterruptedException {
        return http.send(request(path).method(method, body).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        return send(method, path, BodyPublishers.noBody());
    }

    HttpResponse<InputStream> download(String path) throws IOException, InterruptedException {
        return http.send(request(path).GET().build(), BodyHandlers.ofInputStream());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url.resolve(path)).timeout(PATIENCE).header("Authorization", authorization)
                .header("Content-Type", path.contains("/manifests/") ? "application/vnd.oci.image.manifest.v1+json"
                        : "application/octet-stream");
    }

    /** Opens an upload; its path. */
    String start(String repository) throws IOException, InterruptedException {
        HttpResponse<String> answer = send("POST", "/v2/" + repository + "/blobs/uploads/");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    /** Where an upload is: the number of bytes that the server has; -1 if there is no such upload. */
    long offset(String upload) throws IOException, InterruptedException {
        HttpResponse<String> answer = send("GET", upload);
        if (answer.statusCode() == 404) {
            return -1;
        }
        assertThat(answer.statusCode()).isEqualTo(204);
        long last = Long.parseLong(answer.headers().firstValue("Range").orElseThrow().substring(2));
        return last == 0 ? 0 : last + 1;
    }

    /** Pushes a blob in one request; the status. */
    int push(String repository, byte[] content) throws IOException, InterruptedException {
        return send("POST", "/v2/" + repository + "/blobs/uploads/?digest="
                + GeneratedBytes.digest(new java.io.ByteArrayInputStream(content)), BodyPublishers.ofByteArray(content))
                .statusCode();
    }

    /** Pushes the config that all images of these tests have. */
    void pushConfig(String repository) throws IOException, InterruptedException {
        assertThat(push(repository, CONFIG.getBytes(StandardCharsets.UTF_8))).isEqualTo(201);
    }

    /** An image of one layer. */
    static String image(String layer, long size) {
        byte[] config = CONFIG.getBytes(StandardCharsets.UTF_8);
        return "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":{"
                + "\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"size\":" + config.length
                + ",\"digest\":\""
                + GeneratedBytes.digest(new java.io.ByteArrayInputStream(config)) + "\"},\"layers\":[{\"mediaType\":"
                + "\"application/vnd.oci.image.layer.v1.tar\",\"size\":" + size + ",\"digest\":\"" + layer + "\"}]}";
    }

    /** Pulls a blob and checks each byte of it by its digest; the status. */
    int pull(String repository, String digest) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = download("/v2/" + repository + "/blobs/" + digest);
        if (answer.statusCode() == 200) {
            assertThat(GeneratedBytes.digest(answer.body())).isEqualTo(digest);
        } else {
            answer.body().close();
        }
        return answer.statusCode();
    }
}
