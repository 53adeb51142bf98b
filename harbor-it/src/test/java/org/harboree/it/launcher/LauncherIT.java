// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Starting, refusing, stopping, and coming back after the worst. */
@DisabledIfSystemProperty(named = "harbor.it.url", matches = ".+", disabledReason = "that server runs already")
class LauncherIT {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(45);
    private static final Duration REFUSAL_LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void shouldSayOnceThatItIsReadyAndStopInOrder() throws Exception {
        try (LauncherRun run = LauncherRun.start(folder)) {
            Path password = folder.resolve("secrets").resolve("admin-password");

            assertThat(run.awaitLine()).isEqualTo("Harbor EE is ready at http://localhost:" + run.port()
                    + " - admin password in " + password);
            assertThat(run.ping()).isEqualTo(200);
            assertThat(Files.readString(password).strip()).matches("(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9]).{8,128}");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password))).isEqualTo("rw-------");
            assertRefused(LauncherRun.start(folder), folder + " is in use by another start");
            assertRefused(LauncherRun.start(folder.resolve("another"),
                    Map.of("HARBOR_HTTP_PORT", "" + run.port())), "port " + run.port());

            ProcessHandle server = run.child("server");
            ProcessHandle database = run.child("database");
            run.terminate();

            assertThat(run.awaitExit(STOP_LIMIT)).isZero();
            assertThat(run.errors()).isEmpty();
            assertThat(server.isAlive()).isFalse();
            assertThat(database.isAlive()).isFalse();
        }
    }

    @Test
    void shouldNotPrintAGivenPassword() throws Exception {
        try (LauncherRun run = LauncherRun.start(folder, Map.of("HARBOR_ADMIN_PASSWORD", "Given-By-Me-1",
                "HARBOR_EXTERNAL_URL", "https://registry.example.com/"))) {
            assertThat(run.awaitLine()).isEqualTo("Harbor EE is ready at https://registry.example.com"
                    + " - admin password as given in HARBOR_ADMIN_PASSWORD");
            assertThat(folder.resolve("secrets").resolve("admin-password")).doesNotExist();
        }
    }

    @Test
    void shouldStartAfterEveryKindOfKill() throws Exception {
        LauncherRun first = LauncherRun.start(folder);
        first.awaitLine();
        ProcessHandle orphan = first.child("server");
        first.kill();
        assertThat(orphan.isAlive()).isTrue();

        LauncherRun second = LauncherRun.start(folder);
        assertThat(second.awaitLine()).contains("is ready at");
        assertThat(orphan.isAlive()).isFalse();
        ProcessHandle server = second.child("server");
        ProcessHandle database = second.child("database");
        second.kill();
        server.destroyForcibly();
        database.destroyForcibly();
        server.onExit().get(1, TimeUnit.MINUTES);
        database.onExit().get(1, TimeUnit.MINUTES);

        try (LauncherRun third = LauncherRun.start(folder)) {
            assertThat(third.awaitLine()).contains("is ready at");
            assertThat(third.ping()).isEqualTo(200);
        }
    }

    /** Linux says which files a process has in its memory. */
    @Test
    void shouldStartFromTheClassesThatTheFirstRunHasArchivedAtItsEnd() throws Exception {
        try (LauncherRun first = LauncherRun.start(folder)) {
            first.awaitLine();
            assertThat(mapped(first)).doesNotContain(".jsa.new").doesNotContain("/classes-");
            first.terminate();
            assertThat(first.awaitExit(STOP_LIMIT)).isZero();
        }

        try (LauncherRun second = LauncherRun.start(folder)) {
            assertThat(second.awaitLine()).contains("is ready at");
            assertThat(mapped(second)).contains(folder + "/server/classes/classes-");
            assertThat(second.ping()).isEqualTo(200);
        }
    }

    private static String mapped(LauncherRun run) throws IOException {
        return Files.readString(Path.of("/proc/" + run.child("server").pid() + "/maps"));
    }

    @Test
    void shouldSayThatTheServerHasEndedAndStopTheDatabase() throws Exception {
        try (LauncherRun run = LauncherRun.start(folder)) {
            run.awaitLine();
            ProcessHandle database = run.child("database");
            run.child("server").destroyForcibly();

            assertThat(run.awaitExit(STOP_LIMIT)).isEqualTo(1);
            assertThat(run.errors()).singleElement().asString().contains("server has ended", "server.log");
            assertThat(database.isAlive()).isFalse();
        }
    }

    @Test
    void shouldRefuseSettingsThatCannotBe() throws Exception {
        assertRefused(LauncherRun.start(folder, Map.of("HARBOR_HTTP_PORT", "http")), "HARBOR_HTTP_PORT");
        assertRefused(LauncherRun.start(folder, Map.of("HARBOR_DB_URL", "jdbc:mysql://127.0.0.1:1/harbor")),
                "jdbc:mysql://127.0.0.1:1/harbor");
        Path file = Files.createFile(folder.resolve("file"));
        assertRefused(LauncherRun.start(file.resolve("data")), "cannot be written");
    }

    /** One line that names the trouble, and nothing else. */
    private static void assertRefused(LauncherRun run, String trouble) throws Exception {
        try (run) {
            assertThat(run.awaitExit(REFUSAL_LIMIT)).isEqualTo(1);
            assertThat(run.awaitLine()).isEmpty();
            assertThat(run.errors()).singleElement().asString().matches(".*" + Pattern.quote(trouble) + ".*");
        }
    }
}
