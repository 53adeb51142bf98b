// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.harboree.it.launcher.LauncherRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an administrator sees of a server on which nothing has been entered yet. */
@Tag("ui")
class NewInstallationUiIT {
    @TempDir
    Path folder;

    @Test
    void shouldSayWhatRegistriesAndRulesAreForWhereThereAreNone() throws Exception {
        try (LauncherRun run = LauncherRun.start(folder, Map.of("HARBOR_ADMIN_PASSWORD", Console.PASSWORD))) {
            assertThat(run.awaitLine()).contains("is ready");
            try (Console console = Console.at(URI.create("http://localhost:" + run.url("/").getPort()))) {
                console.open("sign-in");
                console.signIn("admin", Console.PASSWORD);

                console.open("registry-list");
                assertThat(console.page().locator(".empty").innerText()).contains("No other registry is known yet");
                Looks.check(console, "registry-list-empty");
                console.open("replication-list");
                assertThat(console.page().locator(".empty").innerText()).contains("There is no rule yet");
                Looks.check(console, "replication-list-new");
                console.open("project-list");
                assertThat(console.page().locator("table").innerText()).contains("library");
            }
        }
    }
}
