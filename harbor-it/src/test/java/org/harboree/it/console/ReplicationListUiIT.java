// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import org.harboree.it.HarborApi;
import org.harboree.it.Product;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ui")
class ReplicationListUiIT {
    private static final HarborApi ADMIN = Product.running().api();

    private final String project = ADMIN.newProject("listed");
    private final String registry = Rules.registry();

    @Test
    void shouldShowTheRulesAndHowTheirLastRunsWent() {
        String stem = Product.uniqueName("shown");
        new Images(project + "/app").push("1.0");
        long nightly = Rules.rule(stem + "-nightly", registry, project, ADMIN.newProject("mirror"),
                Map.of("description", "What is released goes to the mirror", "trigger", Map.of("type", "scheduled",
                        "trigger_settings", Map.of("cron", "0 0 2 * * *"))));
        Rules.rule(stem + "-following", registry, project, "mirror", Map.of("trigger",
                Map.of("type", "event_based")));
        Rules.rule(stem + "-paused", registry, project, "mirror", Map.of("enabled", false));
        Rules.run(nightly);
        try (Console console = Console.admin()) {
            console.link("Replication").click();
            assertThat(console.heading()).isEqualTo("Replication");
            console.open("replication-list?filter=" + stem);
            console.page().locator("tr", new Page.LocatorOptions()
                    .setHasText("-nightly").setHas(console.page().getByText("Done"))).waitFor();

            assertThat(console.page().locator("table").innerText()).contains(registry, "This registry",
                    "0 0 2 * * *", "On push and deletion", "never ran", "Off", "goes to the mirror");
            Looks.check(console, "replication-list");
            console.link("Name").click();
            console.link("Name").click();
            assertThat(console.page().url()).contains("sort=-name");
            assertThat(console.rows().get(0)).contains("-paused");
            console.open("replication-list?filter=nothing-is-called-so");
            assertThat(console.page().locator(".empty").innerText()).contains("Nothing here is called");
            Looks.check(console, "replication-list-empty");
        }
    }

    @Test
    void shouldShowARunThatBeginsElsewhereWithoutAReload() {
        String name = Product.uniqueName("watched");
        long rule = Rules.rule(name, registry, project, "mirror", Map.of());
        try (Console console = Console.admin()) {
            console.open("replication-list?filter=" + name);
            assertThat(console.page().locator("tbody").innerText()).contains("never ran");
            console.page().evaluate("() => { window.stillHere = true; }");

            Rules.run(rule);
            console.page().locator("tbody").getByText("Done").waitFor();

            assertThat(console.page().evaluate("() => window.stillHere")).isEqualTo(true);
        }
    }

    @Test
    void shouldBeForAdministratorsOnly() {
        String user = ADMIN.newUser("curious", Console.PASSWORD);
        try (Console someone = Console.as(user); Console nobody = Console.anonymous()) {
            assertThat(someone.menu()).doesNotContain("Replication");
            assertThat(someone.open("replication-list")).isEqualTo(403);
            nobody.open("replication-list");
            assertThat(nobody.heading()).isEqualTo("Sign in");
        }
    }

    @Test
    void shouldSwitchARuleOffAndOnAndRunIt() {
        String name = Product.uniqueName("switched");
        long rule = Rules.rule(name, registry, project, "mirror", Map.of());
        try (Console console = Console.admin()) {
            console.open("replication-list?filter=" + name);
            console.link("Switch " + name + " off").click();
            Looks.check(console, "replication-switch");
            console.page().locator("#switch .primary").click();
            console.page().locator(".toast").waitFor();
            assertThat(console.page().locator(".toast").innerText()).contains(name + " is off");
            assertThat(ADMIN.get("/replication/policies/" + rule).path("enabled").asBoolean()).isFalse();
            assertThat(console.link("Run " + name).count()).isZero();

            console.link("Switch " + name + " on").click();
            console.page().locator("#switch .primary").click();
            console.link("Run " + name).click();
            console.page().locator("#run .primary").click();
            console.page().waitForURL("**/replication-execution?id=*");
            assertThat(console.page().locator(".toast").innerText()).contains(name + " runs");
        }
    }

    @Test
    void shouldDeleteARuleAndSayWhatGoes() {
        String name = Product.uniqueName("forgotten");
        long rule = Rules.rule(name, registry, project, "mirror", Map.of());
        Rules.run(rule);
        try (Console console = Console.admin()) {
            console.open("replication-list?filter=" + name);
            console.page().locator("tbody").getByText("Done").waitFor();
            console.link("Delete " + name).click();
            assertThat(console.page().locator("#delete .goes").innerText()).contains("Its run goes")
                    .contains("Nothing is deleted in either registry");
            Looks.check(console, "replication-delete");
            console.page().locator("#delete .danger").click();
            console.page().locator(".toast").waitFor();

            assertThat(ADMIN.get("/replication/policies?name=" + name)).isEmpty();
        }
    }

    @Test
    void shouldNotDeleteARuleThatRuns() {
        String name = Product.uniqueName("busy");
        new Images(project + "/large").push("1.0", "amd64",
                List.of(new Images.Step("ADD large " + name, 4_000_000)), Map.of());
        long run = Rules.run(Rules.rule(name, registry, project, ADMIN.newProject("mirror"), Map.of("speed", 10)));
        try (Console console = Console.admin()) {
            console.open("replication-list?filter=" + name);
            console.link("Delete " + name).click();
            assertThat(console.page().locator("#delete .caution").innerText()).contains("is under way");
            console.page().locator("#delete .danger").click();
            console.page().locator("#delete .problem").waitFor();

            assertThat(console.page().locator("#delete .problem").innerText()).contains("Stop it first");
            assertThat(ADMIN.get("/replication/policies?name=" + name)).hasSize(1);
        } finally {
            ADMIN.send("PUT", "/replication/executions/" + run, "");
        }
    }
}
