// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.Cookie;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.harboree.it.launcher.Byteman;
import org.harboree.it.launcher.LauncherRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The console of a server that takes no changes, that clients reach over TLS, and of which a part is broken. */
@Tag("ui")
@DisabledIfSystemProperty(named = "harbor.it.url", matches = ".+", disabledReason = "that server is healthy")
class TroubleUiIT {
    private static final String PASSWORD = "Given-By-Me-1";

    @TempDir
    Path folder;

    @Test
    void shouldSayInThePageWhatDoesNotWork() throws Exception {
        Path rules = Files.writeString(folder.resolve("broken.btm"), """
                RULE the list of users fails
                CLASS org.harboree.identity.UserDao
                METHOD list
                AT ENTRY
                IF true
                DO THROW new IllegalStateException("broken by a test")
                ENDRULE
                """);
        try (LauncherRun run = LauncherRun.start(folder.resolve("data"), Map.of("HARBOR_ADMIN_PASSWORD", PASSWORD,
                "HARBOR_READ_ONLY", "true", "HARBOR_EXTERNAL_URL", "https://registry.example.com",
                "HARBOR_JAVA_OPTS", Byteman.options(rules)))) {
            run.awaitLine();
            URI server = URI.create(run.url("").toString());
            try (Console console = Console.at(server)) {
                console.open("sign-in");
                console.signIn("admin", PASSWORD);

                assertThat(console.heading()).isEqualTo("Projects");
                assertCookieIsForTlsOnly(console);
                assertChangesAreRefusedInThePage(console);
                assertFailureIsAPage(console);
                assertNoClickIsInVain(console);
                signOut(console);
            }
        }
    }

    private static void assertCookieIsForTlsOnly(Console console) {
        List<Cookie> cookies = console.page().context().cookies();
        assertThat(cookies).filteredOn(cookie -> cookie.name.equals("sid")).singleElement()
                .satisfies(cookie -> assertThat(cookie.secure).isTrue())
                .satisfies(cookie -> assertThat(cookie.httpOnly).isTrue());
    }

    private static void assertChangesAreRefusedInThePage(Console console) {
        console.button("New project").click();
        console.page().locator("dialog").getByLabel("Name").fill("refused");
        console.button("Create project").click();
        console.page().locator("dialog .problem").waitFor();

        assertThat(console.page().locator("dialog .problem").innerText()).contains("read-only at the moment");
        Looks.keep(console, "read-only");
        console.open("project-list?filter=refused");
        assertThat(console.page().locator(".empty").isVisible()).isTrue();
    }

    private static void assertFailureIsAPage(Console console) {
        assertThat(console.open("user-list")).isEqualTo(500);
        assertThat(console.heading()).isEqualTo("That failed");
        assertThat(console.page().locator(".request-id code").innerText()).hasSize(36);
        assertThat(console.page().content()).doesNotContain("broken by a test").doesNotContain("Exception");
        Looks.check(console, "error-500");
    }

    /** A form that comes to nothing says so: with the network gone, and with an answer that is none. */
    private static void assertNoClickIsInVain(Console console) {
        console.open("project-list");
        console.button("New project").click();
        console.page().locator("dialog").getByLabel("Name").fill("in-vain");
        console.page().context().setOffline(true);
        console.button("Create project").click();
        console.page().locator("dialog .trouble").getByText("cannot be reached").waitFor();
        console.page().context().setOffline(false);
        Looks.keep(console, "offline");

        String id = UUID.randomUUID().toString();
        console.page().route("**/project-list*", route -> route.fulfill(
                new Route.FulfillOptions().setStatus(500).setHeaders(Map.of("X-Request-Id", id))));
        console.button("Create project").click();
        console.page().locator("dialog .trouble").getByText("That failed").waitFor();
        console.page().unroute("**/project-list*");

        assertThat(console.page().locator("dialog .trouble").count()).isEqualTo(1);
        assertThat(console.page().locator("dialog .trouble small").innerText()).isEqualTo("Request id " + id);
        Looks.keep(console, "failed");
        console.forgive("500 for ");
    }

    private static void signOut(Console console) {
        console.open("project-list");
        console.button("admin").click();
        console.button("Sign out").click();
        console.link("Sign in").waitFor();
    }
}
