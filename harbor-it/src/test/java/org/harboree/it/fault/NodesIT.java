// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.harboree.it.launcher.LauncherRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Two servers on one database and one blob storage: what one has acknowledged, the other shows at once. */
@Tag("long")
@DisabledIfSystemProperty(named = "harbor.it.url", matches = ".+", disabledReason = "that server is not ours to kill")
class NodesIT {
    private static final String PASSWORD = "Nodes-Test-1";
    private static final String REPOSITORY = "library/shared";
    private static final int MOVES = 100;

    @TempDir
    Path folder;

    @Test
    void shouldShowAtOneNodeWhatTheOtherHasAcknowledged() throws Exception {
        try (LauncherRun one = start("one", Map.of());
                ServerDatabase database = ServerDatabase.of(one, folder.resolve("one"))) {
            Registry first = new Registry(one.url(""), PASSWORD);
            first.pushConfig(REPOSITORY);
            byte[] layer = "a layer".getBytes(StandardCharsets.UTF_8);
            assertThat(first.push(REPOSITORY, layer)).isEqualTo(201);
            put(first, 0, layer);
            assertThat(first.send("GET", path("moving")).statusCode()).isEqualTo(200);
            assertThat(database.await("SELECT COUNT(*) FROM node_lease", "1", 1000)).isLessThan(1000);

            share();
            try (LauncherRun two = start("two", database.settings())) {
                Registry second = new Registry(two.url(""), PASSWORD);
                for (int i = 1; i <= MOVES; i++) {
                    Registry writer = i % 2 == 0 ? first : second;
                    Registry reader = i % 2 == 0 ? second : first;
                    String digest = put(writer, i, layer);
                    assertThat(head(reader)).as("move %d", i).isEqualTo(digest);
                }
                for (Registry node : List.of(first, second)) {
                    Registry other = node == first ? second : first;
                    assertThat(node.send("DELETE", path("moving")).statusCode()).isEqualTo(202);
                    assertThat(other.send("GET", path("moving")).statusCode()).isEqualTo(404);
                    put(node, MOVES + 1, layer);
                }
                uploadInTurns(first, second);
                ProcessHandle server = two.child("server");
                server.destroyForcibly();
                server.onExit().get(10, TimeUnit.SECONDS);
            }
            // A process of this system that is gone does not count: the next look trusts the memory again.
            TimeUnit.SECONDS.sleep(6);
            String digest = put(first, MOVES + 2, layer);
            assertThat(head(first)).isEqualTo(digest);
            assertThat(Files.readString(folder.resolve("one/logs/core.log"))).contains("HARBOR000121", "HARBOR000122");
        }
    }

    /** An upload goes on wherever its next request arrives. */
    private static void uploadInTurns(Registry first, Registry second) throws Exception {
        byte[] content = "chunk by chunk at one node and the other".getBytes(StandardCharsets.UTF_8);
        String upload = Path.of("/").resolve(first.start(REPOSITORY).replaceFirst("^https?://[^/]+/", "")).toString();
        for (int i = 0; i < content.length; i += 8) {
            HttpResponse<String> answer = (i % 16 == 0 ? second : first)
                    .send("PATCH", upload, BodyPublishers.ofByteArray(content, i, 8));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        }
        String digest = GeneratedBytes.digest(new ByteArrayInputStream(content));
        HttpResponse<String> answer = first.send("PUT", upload + "?digest=" + digest);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(second.pull(REPOSITORY, digest)).isEqualTo(200);
    }

    /** What nodes share beside the database: contents, and the key that seals secrets. */
    private void share() throws Exception {
        Files.createDirectories(folder.resolve("two"));
        for (String part : List.of("blobs", "secrets")) {
            Files.createSymbolicLink(folder.resolve("two").resolve(part), folder.resolve("one").resolve(part));
        }
    }

    private LauncherRun start(String name, Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("HARBOR_ADMIN_PASSWORD", PASSWORD);
        LauncherRun run = LauncherRun.start(folder.resolve(name), settings);
        assertThat(run.awaitLine()).contains("ready");
        return run;
    }

    private static String path(String reference) {
        return "/v2/" + REPOSITORY + "/manifests/" + reference;
    }

    private static String put(Registry registry, int number, byte[] layer) throws Exception {
        String image = Registry.image(GeneratedBytes.digest(new ByteArrayInputStream(layer)), layer.length)
                .replaceFirst("\\{", "{\"annotations\":{\"move\":\"" + number + "\"},");
        HttpResponse<String> answer = registry.send("PUT", path("moving"), BodyPublishers.ofString(image));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return answer.headers().firstValue("Docker-Content-Digest").orElseThrow();
    }

    private static String head(Registry registry) throws Exception {
        return registry.send("HEAD", path("moving")).headers().firstValue("Docker-Content-Digest").orElse("none");
    }
}
