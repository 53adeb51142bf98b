// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.harboree.it.launcher.Byteman;
import org.harboree.it.launcher.LauncherRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server is killed in the middle of a push, at each point of its way and at any. Then, after a start: what was
 * acknowledged is there, what was not is there whole or not at all, and the client's next try succeeds.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("long")
@DisabledIfSystemProperty(named = "harbor.it.url", matches = ".+", disabledReason = "that server is not ours to kill")
class CrashIT {
    private static final String PASSWORD = "Crash-Test-1";
    /** Kills at any moment, 12 unless -Dharbor.it.kills says otherwise. */
    private static final int KILLS = Integer.getInteger("harbor.it.kills", 12);
    /** A server that lives for seconds gets nothing back for the work of the JVM's second compiler. */
    private static final String SOON_KILLED = "-XX:TieredStopAtLevel=1";
    /** About what a start takes. */
    private static final int MOST_START_MILLIS = 8_000;
    /** Starts that are cut off, at most. */
    private static final int STARTS = 20;
    private static final int CHUNK = 1 << 20;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(45);
    private static final String REPOSITORY = "library/crash";

    private final Map<String, Integer> acknowledged = new HashMap<>();

    @TempDir
    static Path folder;

    @Test
    void shouldLoseNothingWhenKilledAtAnyPointOfAPush() throws Exception {
        Path rules = Files.writeString(folder.resolve("rules.btm"),
                Stream.of(CrashPoint.values()).map(point -> point.rule(folder)).collect(Collectors.joining("\n")));
        Optional<Push> killed = Optional.empty();
        for (CrashPoint point : CrashPoint.values()) {
            try (LauncherRun run = start(Byteman.options(rules))) {
                Registry registry = registry(run);
                requireResumable(registry, killed);
                Push push = begin(registry, point.name(), 3);
                Files.writeString(point.armed(folder), "");
                assertThat(push.goOn(registry)).as("survived " + point).isFalse();
                assertThat(run.awaitExit(STOP_LIMIT)).isEqualTo(1);
                killed = Optional.of(push);
            } finally {
                Files.deleteIfExists(point.armed(folder));
            }
        }
        try (LauncherRun run = start("")) {
            requireResumable(registry(run), killed);
        }
    }

    @Test
    void shouldLoseNothingWhenKilledAtAnyMoment() throws Exception {
        Random random = new Random(KILLS);
        Optional<Push> killed = Optional.empty();
        for (int kill = 0; kill < KILLS; kill++) {
            try (LauncherRun run = start("")) {
                Registry registry = registry(run);
                requireResumable(registry, killed);
                Push push = begin(registry, "kill-" + kill, 2 + random.nextInt(15));
                ProcessHandle server = run.child("server");
                CompletableFuture<Void> done = CompletableFuture.runAsync(server::destroyForcibly,
                        CompletableFuture.delayedExecutor(random.nextInt(300), TimeUnit.MILLISECONDS));
                push.goOn(registry);
                done.join();
                run.awaitExit(STOP_LIMIT);
                killed = Optional.of(push);
            }
        }
        try (LauncherRun run = start("")) {
            requireResumable(registry(run), killed);
        }
    }

    @Test
    void shouldStartHoweverOftenItIsKilledWhileItStarts() throws Exception {
        Random random = new Random(KILLS);
        Push killed;
        try (LauncherRun run = start("")) {
            Registry registry = registry(run);
            killed = begin(registry, "kills-at-start", 3);
            killed.finish(registry, CHUNK);
            acknowledged.put(killed.digest, killed.layer.length);
            killed = begin(registry, "open-at-start", 3);
            run.child("server").destroyForcibly();
            run.awaitExit(STOP_LIMIT);
        }
        for (int kill = 0; kill < Math.min(KILLS, STARTS); kill++) {
            Files.deleteIfExists(folder.resolve("data/run/server.pid"));
            try (LauncherRun run = LauncherRun.start(folder.resolve("data"),
                    Map.of("HARBOR_ADMIN_PASSWORD", PASSWORD))) {
                ProcessHandle server = run.awaitChild("server");
                Thread.sleep(random.nextInt(MOST_START_MILLIS));
                server.destroyForcibly();
                run.awaitExit(STOP_LIMIT);
            }
        }
        try (LauncherRun run = start("")) {
            requireResumable(registry(run), Optional.of(killed));
        }
    }

    private static Push begin(Registry registry, String name, int chunks) throws IOException, InterruptedException {
        registry.pushConfig(REPOSITORY);
        Push push = new Push(name, GeneratedBytes.bytes(System.nanoTime(), chunks * CHUNK));
        push.begin(registry);
        return push;
    }

    /** One image on its way: a first chunk that is acknowledged, and all that comes after it. */
    private static final class Push {
        private final String tag;
        private final byte[] layer;
        private final String digest;
        private String upload = "";
        private long acknowledged;
        private boolean blob;
        private boolean manifest;

        Push(String tag, byte[] layer) {
            this.tag = tag;
            this.layer = layer;
            this.digest = GeneratedBytes.digest(new ByteArrayInputStream(layer));
        }

        void begin(Registry registry) throws IOException, InterruptedException {
            upload = registry.start(REPOSITORY);
            HttpResponse<String> answer = registry.send("PATCH", upload, BodyPublishers.ofByteArray(layer, 0, CHUNK));
            assertThat(answer.statusCode()).isEqualTo(202);
            acknowledged = CHUNK;
        }

        /** Also opens another upload, as the next layer would. False if the server went away meanwhile. */
        boolean goOn(Registry registry) throws InterruptedException {
            try {
                registry.start(REPOSITORY);
                finish(registry, CHUNK);
                return true;
            } catch (IOException serverIsGone) {
                return false;
            }
        }

        void finish(Registry registry, long from) throws IOException, InterruptedException {
            if (from < layer.length) {
                HttpResponse<String> chunk = registry.send("PATCH", upload,
                        BodyPublishers.ofByteArray(layer, (int) from, (int) (layer.length - from)));
                assertThat(chunk.statusCode()).as(chunk.body()).isEqualTo(202);
                acknowledged = layer.length;
            }
            HttpResponse<String> end = registry.send("PUT", upload + "?digest=" + digest);
            assertThat(end.statusCode()).as(end.body()).isEqualTo(201);
            blob = true;
            tag(registry);
        }

        void tag(Registry registry) throws IOException, InterruptedException {
            HttpResponse<String> answer = registry.send("PUT", "/v2/" + REPOSITORY + "/manifests/" + tag,
                    BodyPublishers.ofString(Registry.image(digest, layer.length)));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            manifest = true;
        }
    }

    private void requireResumable(Registry registry, Optional<Push> killed) throws IOException, InterruptedException {
        requireAcknowledged(registry);
        if (killed.isPresent()) {
            requireResumable(registry, killed.get());
        }
    }

    private void requireResumable(Registry registry, Push push) throws IOException, InterruptedException {
        int pulled = registry.pull(REPOSITORY, push.digest);
        assertThat(pulled).as("the layer of %s", push.tag).isIn(push.blob ? new Object[] {200} : new Object[] {200,
                404});
        int tagged = registry.send("GET", "/v2/" + REPOSITORY + "/manifests/" + push.tag).statusCode();
        assertThat(tagged).as("the tag %s", push.tag).isIn(push.manifest ? new Object[] {200} : new Object[] {200,
                404});
        if (tagged == 200) {
            assertThat(pulled).as("the layer of the tag %s", push.tag).isEqualTo(200);
        }
        long offset = registry.offset(push.upload);
        if (pulled == 200) {
            assertThat(offset).as("the session of %s, whose blob is there", push.tag).isEqualTo(-1);
            push.tag(registry);
        } else {
            assertThat(offset).as("offset of the session %s", push.tag).isGreaterThanOrEqualTo(push.acknowledged);
            push.finish(registry, offset);
        }
        // and a client that begins anew
        assertThat(registry.push(REPOSITORY, push.layer)).isEqualTo(201);
        acknowledged.put(push.digest, push.layer.length);
        requireAcknowledged(registry);
    }

    private void requireAcknowledged(Registry registry) throws IOException, InterruptedException {
        for (String digest : acknowledged.keySet()) {
            assertThat(registry.pull(REPOSITORY, digest)).as(digest).isEqualTo(200);
        }
    }

    private LauncherRun start(String javaOptions) throws Exception {
        LauncherRun run = LauncherRun.start(folder.resolve("data"),
                Map.of("HARBOR_ADMIN_PASSWORD", PASSWORD, "HARBOR_JAVA_OPTS", SOON_KILLED + ' ' + javaOptions));
        assertThat(run.awaitLine()).contains("is ready");
        return run;
    }

    private static Registry registry(LauncherRun run) {
        return new Registry(run.url("/"), PASSWORD);
    }
}
