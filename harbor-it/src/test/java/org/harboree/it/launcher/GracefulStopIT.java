// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A push that runs when the product is told to stop. */
@DisabledIfSystemProperty(named = "harbor.it.url", matches = ".+", disabledReason = "that server is not ours to stop")
class GracefulStopIT {

    private static final String PASSWORD = "Given-By-Me-1";
    private static final Duration STOP_LIMIT = Duration.ofSeconds(45);

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    Path folder;

    @Test
    void shouldLetAPushThatRunsComeToItsEnd() throws Exception {
        try (LauncherRun run = LauncherRun.start(folder, Map.of("HARBOR_ADMIN_PASSWORD", PASSWORD))) {
            run.awaitLine();
            URI upload = run.url("/").resolve(startUpload(run));
            SlowPatch push = SlowPatch.begin(upload, authorization());
            push.write(new byte[1 << 16]);

            run.terminate();
            awaitRefusal(run);
            push.write(new byte[1 << 16]);

            assertThat(push.end()).isEqualTo(202);
            assertThat(run.awaitExit(STOP_LIMIT)).isZero();
        }
    }

    private String startUpload(LauncherRun run) throws IOException, InterruptedException {
        HttpRequest request = authorized(run.url("/v2/library/stop/blobs/uploads/"))
                .POST(BodyPublishers.noBody()).build();
        HttpResponse<Void> response = http.send(request, BodyHandlers.discarding());
        assertThat(response.statusCode()).isEqualTo(202);
        return response.headers().firstValue("Location").orElseThrow();
    }

    /** Until new requests are turned away: the server has begun to stop. */
    private static void awaitRefusal(LauncherRun run) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + STOP_LIMIT.toNanos();
        while (run.ping() == 200) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static HttpRequest.Builder authorized(URI url) {
        return HttpRequest.newBuilder(url).header("Authorization", authorization());
    }

    private static String authorization() {
        return "Basic "
                + Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    }
}
