// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.harboree.it.launcher.Byteman;
import org.harboree.it.launcher.LauncherRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Jobs outlive the server that runs them. The job is the purge of uploads, which a rule makes slow on demand. */
@Tag("long")
@DisabledIfSystemProperty(named = "harbor.it.url", matches = ".+", disabledReason = "that server is not ours to kill")
class EngineIT {
    private static final String PASSWORD = "Engine-Test-1";
    private static final Duration STOP_LIMIT = Duration.ofSeconds(45);
    private static final String TASK = "SELECT %s FROM task WHERE kind = 'UPLOAD_PURGE' ORDER BY task_id DESC LIMIT 1";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private Path slow;

    @BeforeEach
    void slowDown() throws IOException {
        slow = Files.writeString(folder.resolve("slow"), "");
        Files.writeString(folder.resolve("rules.btm"), String.join("\n", "RULE slow purge",
                "CLASS org.harboree.registry.UploadPurge", "METHOD run", "AT ENTRY",
                "BIND slow : java.io.File = new java.io.File(\"" + slow + "\")", "IF slow.exists()", "DO delay(8000)",
                "ENDRULE", ""));
    }

    @Test
    void shouldGoOnWithAJobWithinAMinuteAfterAKill() throws Exception {
        try (LauncherRun run = start(); ServerDatabase database = ServerDatabase.of(run, data())) {
            begin(database);
            run.child("server").destroyForcibly();
            run.awaitExit(STOP_LIMIT);
        }
        Files.delete(slow);
        try (LauncherRun run = start(); ServerDatabase database = ServerDatabase.of(run, data())) {
            assertThat(database.await(TASK.formatted("status"), "Success", 60_000)).isLessThan(60_000);
            assertThat(database.value(TASK.formatted("run_count"))).isEqualTo("2");
            String id = database.value(TASK.formatted("task_id"));
            assertThat(api(run, "GET", "/jobservice/jobs/" + id + "/log", "").body())
                    .contains("the server that ran this task has vanished").contains("abandoned uploads removed");
        }
    }

    @Test
    void shouldGiveAJobBackWhenItIsStoppedAndGoOnAfterwards() throws Exception {
        try (LauncherRun run = start(); ServerDatabase database = ServerDatabase.of(run, data())) {
            begin(database);
        }
        Files.delete(slow);
        try (LauncherRun run = start(); ServerDatabase database = ServerDatabase.of(run, data())) {
            // A lease that was given back need not run out first.
            database.await(TASK.formatted("status"), "Success", 10_000);
            assertThat(database.value(TASK.formatted("losses"))).isEqualTo("0");
            assertThat(database.value("SELECT COUNT(*) FROM job_node")).isEqualTo("1");
        }
    }

    @Test
    void shouldStopAJobAndPauseItsQueueByTheApi() throws Exception {
        try (LauncherRun run = start(); ServerDatabase database = ServerDatabase.of(run, data())) {
            begin(database);
            String id = database.value(TASK.formatted("task_id"));
            assertThat(api(run, "GET", "/jobservice/pools/all/workers", "").body())
                    .contains("\"job_name\":\"UPLOAD_PURGE\",\"job_id\":\"" + id + "\"");
            assertThat(api(run, "PUT", "/jobservice/jobs/" + id, "").statusCode()).isEqualTo(200);
            database.await(TASK.formatted("status"), "Stopped", 15_000);

            assertThat(queue(run, "UPLOAD_PURGE", "pause")).isEqualTo(200);
            makeDue(database);
            database.await(TASK.formatted("status"), "Pending", 5000);
            Thread.sleep(2500);
            assertThat(api(run, "GET", "/jobservice/queues", "").body())
                    .contains("{\"job_type\":\"UPLOAD_PURGE\",\"count\":1,").contains("\"paused\":true");
            Files.delete(slow);
            assertThat(queue(run, "UPLOAD_PURGE", "resume")).isEqualTo(200);
            assertThat(database.await(TASK.formatted("status"), "Success", 5000)).as("ms from resume to the end")
                    .isLessThan(3000);

            assertThat(queue(run, "SCHEDULER", "pause")).isEqualTo(200);
            requireQuietWhenIdle(database);
        }
    }

    /** What an idle server asks the database, and that it starts no batch execution. */
    private static void requireQuietWhenIdle(ServerDatabase database) throws SQLException, InterruptedException {
        String batches = database.value("SELECT COUNT(*) FROM JOB_EXECUTION");
        String questions = "SELECT CAST(SUM(VARIABLE_VALUE) AS SIGNED) FROM information_schema.GLOBAL_STATUS"
                + " WHERE VARIABLE_NAME IN ('COM_SELECT', 'COM_INSERT', 'COM_UPDATE', 'COM_DELETE')";
        Thread.sleep(2000);
        long before = Long.parseLong(database.value(questions));
        Thread.sleep(20_000);
        long statements = Long.parseLong(database.value(questions)) - before;
        assertThat(statements).as("statements of an idle server in 20 s").isLessThan(40);
        assertThat(database.value("SELECT COUNT(*) FROM JOB_EXECUTION")).isEqualTo(batches);
    }

    private LauncherRun start() throws Exception {
        LauncherRun run = LauncherRun.start(data(), Map.of("HARBOR_ADMIN_PASSWORD", PASSWORD,
                "HARBOR_JAVA_OPTS", Byteman.options(folder.resolve("rules.btm"))));
        assertThat(run.awaitLine()).contains("ready");
        return run;
    }

    private Path data() {
        return folder.resolve("data");
    }

    /** Makes the purge fall due, and waits until it is at work. */
    private static void begin(ServerDatabase database) throws SQLException, InterruptedException {
        makeDue(database);
        database.await(TASK.formatted("status"), "Running", 5000);
        database.await(TASK.formatted("batch_execution_id IS NOT NULL"), "1", 5000);
    }

    private static void makeDue(ServerDatabase database) throws SQLException, InterruptedException {
        database.await("SELECT COUNT(*) FROM schedule WHERE vendor_type = 'UPLOAD_PURGE'", "1", 10_000);
        database.execute("UPDATE schedule SET next_time = UTC_TIMESTAMP(6) WHERE vendor_type = 'UPLOAD_PURGE'");
    }

    private static int queue(LauncherRun run, String name, String action) throws IOException, InterruptedException {
        return api(run, "PUT", "/jobservice/queues/" + name, "{\"action\":\"" + action + "\"}").statusCode();
    }

    private static HttpResponse<String> api(LauncherRun run, String method, String path, String body)
            throws IOException, InterruptedException {
        String basic = Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        return HTTP.send(HttpRequest.newBuilder(run.url("/api/v2.0" + path)).header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }
}
