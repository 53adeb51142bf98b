// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import org.harboree.it.Requests;

/** One user's requests to {@code /v2} and to the token service. */
final class Docker {
    static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI server;
    private final String basic;

    /** @param server where it answers, without a slash at the end */
    Docker(URI server, String user, String password) {
        this.server = server;
        this.basic = "Basic " + Base64.getEncoder()
                .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** A bearer token for these actions on the repository. */
    String token(String repository, String actions) {
        HttpResponse<byte[]> answer = send("GET",
                "/service/token?service=harbor-registry&scope=repository:" + repository + ":" + actions, basic,
                new byte[0]);
        assertThat(answer.statusCode()).isEqualTo(200);
        try {
            return "Bearer " + JSON.readTree(answer.body()).get("token").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The user's name and password, as {@code docker login} sends them to the token service. */
    String basic() {
        return basic;
    }

    /** Uploads a blob; its digest. */
    String pushBlob(String repository, byte[] content) {
        String digest = digest(content);
        expect(201, send("POST", "/v2/" + repository + "/blobs/uploads/?digest=" + digest, basic, content));
        return digest;
    }

    /** Pushes an image of one small blob under the tag; the manifest's bytes. */
    byte[] pushImage(String repository, String tag, String note) {
        byte[] config = ("{\"note\":\"" + note + "\"}").getBytes(StandardCharsets.UTF_8);
        String descriptor = "\"digest\":\"" + pushBlob(repository, config) + "\",\"size\":" + config.length + "}";
        byte[] manifest = ("{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST
                + "\",\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\"," + descriptor
                + ",\"layers\":[{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar\"," + descriptor + "]}")
                .getBytes(StandardCharsets.UTF_8);
        expect(201, send("PUT", "/v2/" + repository + "/manifests/" + tag, basic, manifest));
        return manifest;
    }

    void delete(String path) {
        expect(202, send("DELETE", path, basic, new byte[0]));
    }

    /** @param authorization the header's value, empty for none */
    HttpResponse<byte[]> send(String method, String path, String authorization, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path))
                .timeout(Duration.ofMinutes(1));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        request.method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (method.equals("PUT")) {
            request.header("Content-Type", MANIFEST);
        }
        return Requests.send(request.build(), BodyHandlers.ofByteArray());
    }

    static String digest(byte[] content) {
        try {
            return "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void expect(int status, HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).as(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(status);
    }
}
