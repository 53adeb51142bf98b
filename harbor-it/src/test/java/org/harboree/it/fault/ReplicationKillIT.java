// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.harboree.it.ServerProcess;
import org.harboree.it.launcher.LauncherRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two of our registries replicate images with shared layers, and either is killed at random while they do. Then both
 * are alike, each byte of it, and hardly anything was sent twice.
 *
 * <p>Bytes are counted on the way between the two: all that the sending side gave out, with what a kill cut off, with
 * the heads of all requests or answers, and with manifests.
 */
@Tag("long")
@DisabledIfSystemProperty(named = "harbor.it.url", matches = ".+", disabledReason = "that server is not ours to kill")
class ReplicationKillIT {
    private static final String PASSWORD = "Replication-Kill-1";
    /** Seconds of kills in each direction, 40 unless -Dharbor.it.replication.kill.seconds says otherwise. */
    private static final int SECONDS = Integer.getInteger("harbor.it.replication.kill.seconds", 40);
    private static final int REPOSITORIES = 6;
    /** So that the copy of them takes about as long as the kills do. */
    private static final int IMAGES = Math.max(1, SECONDS / 50);
    private static final int KIB_PER_SECOND = 3072;
    /** Requests, answers and manifests, as a part of the blobs. */
    private static final double HEADS = 0.01;
    /** What may be sent twice, likewise: of each blob that is under way a piece is lost with each kill. */
    private static final double TWICE = 0.02;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(45);
    private static final Duration END_LIMIT = Duration.ofMinutes(6);
    private static final long MIB = 1L << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final Map<String, String> manifests = new LinkedHashMap<>();
    private final Map<String, Set<String>> blobs = new LinkedHashMap<>();
    private final Map<String, Long> sizes = new HashMap<>();

    /** Which side has the policy, and so runs the tasks. */
    enum Direction { PUSH, PULL }

    @ParameterizedTest
    @EnumSource
    void shouldEndAlikeAndSendAtMostTwoPercentTwice(Direction direction) throws Exception {
        try (Side source = new Side(folder.resolve("source")); Side target = new Side(folder.resolve("target"))) {
            source.start();
            target.start();
            fill(source.registry());
            Side owner = direction == Direction.PUSH ? source : target;
            long policy = policy(direction, owner, direction == Direction.PUSH ? target : source);
            long execution = owner.create("/replication/executions", "{\"policy_id\":" + policy + "}");

            int kills = kill(source, target, owner, execution);
            int runs = untilSuccess(owner, policy, execution);
            long sent = direction == Direction.PUSH ? target.way.there() : source.way.back();

            JsonNode report = owner.get("/replication/policies/" + policy + "/reconciliation");
            assertThat(report.path("missing")).as(report.toString()).isEmpty();
            assertThat(report.path("different")).as(report.toString()).isEmpty();
            assertThat(report.path("extra")).as(report.toString()).isEmpty();
            assertThat(report.path("complete").asBoolean()).isTrue();
            requireWhole(target.registry());
            long needed = sizes.values().stream().mapToLong(Long::longValue).sum();
            String figures = "%s: %d kills while it ran, %d runs, %d bytes, %d sent".formatted(direction, kills, runs,
                    needed, sent);
            System.out.println(figures);
            assertThat(kills).as(figures).isGreaterThanOrEqualTo(SECONDS / 40);
            assertThat(sent).as(figures).isBetween(needed, (long) (needed * (1 + HEADS + TWICE)));
        }
    }

    /** Images of layers of their own, from some bytes to 80 MiB, and of some that all share; in another order each. */
    private void fill(Registry registry) throws IOException, InterruptedException {
        List<Long> shared = List.of(64 * MIB, 5 * MIB, 300_000L);
        for (int r = 0; r < REPOSITORIES; r++) {
            String repository = "library/app" + r;
            registry.pushConfig(repository);
            for (int i = 0; i < IMAGES; i++) {
                int seed = 1000 * (r + 1) + 10 * i;
                List<Map.Entry<String, Long>> layers = new ArrayList<>();
                for (int s = 0; s < shared.size(); s++) {
                    layers.add(layer(registry, repository, s + 1, shared.get(s)));
                }
                layers.add(layer(registry, repository, seed, (64 + 3 * r) * MIB + 17));
                layers.add(layer(registry, repository, seed + 1, 2 * MIB * (r + 1)));
                layers.add(layer(registry, repository, seed + 2, 1000 * (r + 1)));
                Collections.shuffle(layers, new Random(seed));
                tag(registry, repository, "v" + i, layers);
            }
        }
    }

    private Map.Entry<String, Long> layer(Registry registry, String repository, long seed, long size)
            throws IOException, InterruptedException {
        String digest = GeneratedBytes.digest(seed, size);
        if (blobs.computeIfAbsent(repository, name -> new HashSet<>()).add(digest)) {
            assertThat(registry.push(repository, seed, size)).isEqualTo(201);
            sizes.put(digest, size);
        }
        return Map.entry(digest, size);
    }

    private void tag(Registry registry, String repository, String tag, List<Map.Entry<String, Long>> layers)
            throws IOException, InterruptedException {
        Map<String, Long> ordered = new LinkedHashMap<>();
        layers.forEach(layer -> ordered.put(layer.getKey(), layer.getValue()));
        String manifest = Registry.image(ordered);
        String path = "/v2/" + repository + "/manifests/" + tag;
        assertThat(registry.send("PUT", path, BodyPublishers.ofString(manifest)).statusCode()).isEqualTo(201);
        manifests.put(path, manifest);
    }

    private static long policy(Direction direction, Side owner, Side other) throws IOException, InterruptedException {
        long registry = owner.create("/registries", "{\"name\":\"other\",\"type\":\"harbor\",\"url\":\""
                + other.way.url() + "\",\"credential\":{\"type\":\"basic\",\"access_key\":\"admin\","
                + "\"access_secret\":\"" + PASSWORD + "\"}}");
        return owner.create("/replication/policies", "{\"name\":\"all\",\"enabled\":true,\"override\":true,\""
                + (direction == Direction.PUSH ? "dest" : "src") + "_registry\":{\"id\":" + registry + "},\"speed\":"
                + KIB_PER_SECOND + ",\"filters\":[{\"type\":\"name\",\"value\":\"library/**\"}]}");
    }

    /** Kills one side after another, each some time after both were up. @return how often while the run lasted */
    private static int kill(Side source, Side target, Side owner, long execution) throws Exception {
        Random random = new Random(SECONDS);
        Instant end = Instant.now().plusSeconds(SECONDS);
        int kills = 0;
        while (Instant.now().isBefore(end)) {
            Thread.sleep(8_000 + random.nextInt(16_000));
            kills += owner.status(execution).equals("InProgress") ? 1 : 0;
            Side side = random.nextBoolean() ? source : target;
            side.kill();
            side.start();
        }
        return kills;
    }

    /** Waits for the end of the run, and starts another one where it failed. @return how many runs there were */
    private static int untilSuccess(Side owner, long policy, long first) throws Exception {
        Instant limit = Instant.now().plus(END_LIMIT);
        long execution = first;
        int runs = 1;
        for (String status = owner.status(execution); !status.equals("Succeed"); status = owner.status(execution)) {
            assertThat(Instant.now()).as("run %d is %s\n%s", execution, status, owner.logs(execution)).isBefore(limit);
            if (!status.equals("InProgress")) {
                System.out.println("A run failed: " + owner.logs(execution));
                execution = owner.create("/replication/executions", "{\"policy_id\":" + policy + "}");
                runs++;
            }
            Thread.sleep(1000);
        }
        return runs;
    }

    private void requireWhole(Registry registry) throws IOException, InterruptedException {
        for (Map.Entry<String, String> manifest : manifests.entrySet()) {
            HttpResponse<String> answer = registry.send("GET", manifest.getKey());
            assertThat(answer.statusCode()).as(manifest.getKey()).isEqualTo(200);
            assertThat(answer.body()).as(manifest.getKey()).isEqualTo(manifest.getValue());
        }
        for (Map.Entry<String, Set<String>> repository : blobs.entrySet()) {
            for (String digest : repository.getValue()) {
                assertThat(registry.pull(repository.getKey(), digest)).as(repository.getKey() + "@" + digest)
                        .isEqualTo(200);
            }
        }
    }

    /** One of the two registries, and the way that the other one has to it. */
    private static final class Side implements AutoCloseable {
        private final Path data;
        private final CountingProxy way = new CountingProxy();
        private LauncherRun run;
        private Registry registry;

        Side(Path data) throws IOException {
            this.data = data;
        }

        void start() throws Exception {
            int port = ServerProcess.freePort();
            // From the first moment: what it says before it is ready must not be taken for an answer.
            way.to(port);
            run = LauncherRun.start(data, Map.of("HARBOR_ADMIN_PASSWORD", PASSWORD, "HARBOR_HTTP_PORT", "" + port,
                    "HARBOR_EXTERNAL_URL", way.url().toString(), "HARBOR_ALLOW_LOOPBACK_TARGETS", "true"));
            assertThat(run.awaitLine()).contains("is ready");
            registry = new Registry(run.url("/"), PASSWORD);
        }

        void kill() throws IOException, InterruptedException {
            run.child("server").destroyForcibly();
            run.awaitExit(STOP_LIMIT);
            run.close();
        }

        Registry registry() {
            return registry;
        }

        long create(String path, String json) throws IOException, InterruptedException {
            HttpResponse<String> answer = registry.send("POST", "/api/v2.0" + path, BodyPublishers.ofString(json));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            return Long.parseLong(answer.headers().firstValue("Location").orElseThrow().replaceFirst(".*/", ""));
        }

        JsonNode get(String path) throws IOException, InterruptedException {
            HttpResponse<String> answer = registry.send("GET", "/api/v2.0" + path);
            assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
            return JSON.readTree(answer.body().getBytes(StandardCharsets.UTF_8));
        }

        String status(long execution) throws IOException, InterruptedException {
            return get("/replication/executions/" + execution).path("status").asText();
        }

        String logs(long execution) throws IOException, InterruptedException {
            StringBuilder logs = new StringBuilder();
            String tasks = "/replication/executions/" + execution + "/tasks";
            for (JsonNode task : get(tasks)) {
                logs.append(task).append('\n').append(registry.send("GET", "/api/v2.0" + tasks + "/"
                        + task.path("id").asLong() + "/log").body());
            }
            return logs.toString();
        }

        @Override
        public void close() {
            if (run != null) {
                run.close();
            }
            way.close();
        }
    }
}
