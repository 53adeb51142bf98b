// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.harboree.it.HarborApi;
import org.harboree.it.Product;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ui")
class ReplicationExecutionUiIT {
    private static final HarborApi ADMIN = Product.running().api();

    private final String project = ADMIN.newProject("run");

    private void push(String repository, String tag, int bytes) {
        new Images(project + "/" + repository).push(tag, "amd64",
                List.of(new Images.Step("ADD " + project + repository + tag, bytes)), Map.of());
    }

    @Test
    void shouldShowHowARunGetsOnWithoutAReload() {
        push("web/nginx", "1.26", 800_000);
        push("web/nginx", "1.27", 800_000);
        push("tools/git", "2.0", 800_000);
        String target = ADMIN.newProject("mirror");
        long rule = Rules.rule(Product.uniqueName("live"), Rules.registry(), project, target, Map.of("speed", 100));
        try (Console console = Console.admin()) {
            console.page().setDefaultTimeout(60_000);
            long run = Rules.run(rule);
            console.open("replication-execution?id=" + run);
            assertThat(console.heading()).isEqualTo("Run " + run);
            console.link("Log of " + project + "/web/nginx").click();
            console.page().evaluate("() => { window.stillHere = true; }");
            assertThat(console.page().locator("#run-state").innerText()).contains("Runs");
            console.page().locator("tr.chosen").getByText("1 of 2").waitFor();
            Looks.check(console, "replication-execution-running");

            console.page().locator("#log").getByText("1.27, sha256").waitFor();
            console.page().locator("#run-state").getByText("Done").waitFor();
            console.link("Run again").waitFor();
            console.page().locator(".run-head").getByText("2 of 2").waitFor();

            assertThat(console.page().evaluate("() => window.stillHere")).isEqualTo(true);
            console.page().locator("#log").getByText("blobs (").waitFor();
            assertThat(console.page().locator("progress.good").count()).as("bars: run, tasks").isEqualTo(3);
            assertThat(ADMIN.get("/projects/" + target + "/repositories")).hasSize(2);
            Looks.check(console, "replication-execution");
            console.link("Run again").click();
            console.page().locator("#run-again .ui-button").click();
            console.page().waitForCondition(() -> !console.page().url().contains("id=" + run));
            assertThat(ADMIN.get("/replication/executions?policy_id=" + rule)).hasSize(2);
        }
    }

    @Test
    void shouldStopARun() {
        push("large", "1.0", 4_000_000);
        push("larger", "1.0", 4_000_000);
        String target = ADMIN.newProject("mirror");
        long run = Rules.run(Rules.rule(Product.uniqueName("stopped"), Rules.registry(), project, target,
                Map.of("speed", 10)));
        try (Console console = Console.admin()) {
            console.open("replication-execution?id=" + run);
            console.page().locator("tbody").getByText("Runs").first().waitFor();
            console.link("Stop run").click();
            assertThat(console.page().locator("#stop-run .goes").innerText()).contains("What is copied stays");
            Looks.check(console, "replication-stop");
            console.page().locator("#stop-run .danger").click();
            console.page().locator("#run-state").getByText("Stopped").waitFor();

            assertThat(console.page().locator(".run-head").innerText()).contains("2 stopped");
            assertThat(console.page().locator("progress.careful").count()).as("bars: run, tasks").isEqualTo(3);
            Looks.check(console, "replication-execution-stopped");
            assertThat(ADMIN.get("/replication/executions/" + run).path("status").asText()).isEqualTo("Stopped");
        }
    }

    @Test
    void shouldSayInTheRowWhyATaskFailed() {
        push("app", "1.0", 1_000);
        long run = Rules.run(Rules.rule(Product.uniqueName("failed"), Rules.registryForNobody(), project, "library",
                Map.of()));
        try (Console console = Console.admin()) {
            console.open("replication-execution?id=" + run);
            console.page().locator("#run-state").getByText("Failed").waitFor();

            assertThat(console.page().locator("td .cause").innerText()).contains("401");
            assertThat(console.page().locator("progress.bad").count()).as("bars: run, task").isEqualTo(2);
            console.link("Log of " + project + "/app").click();
            assertThat(console.page().locator("#log").innerText()).contains("/v2/library/app");
            Looks.check(console, "replication-execution-failed");
        }
    }

    @Test
    void shouldSayThatThereWasNothingToDo() {
        long run = Rules.run(Rules.rule(Product.uniqueName("idle"), Rules.registry(), project, "mirror", Map.of()));
        try (Console console = Console.admin()) {
            console.open("replication-execution?id=" + run);
            console.page().locator(".empty").getByText("There was nothing to do").waitFor();
            Looks.check(console, "replication-execution-empty");
        }
    }

    @Test
    void shouldBeForAdministratorsOnlyAndForRunsThatThereAre() {
        String user = ADMIN.newUser("curious", Console.PASSWORD);
        long run = Rules.run(Rules.rule(Product.uniqueName("own"), Rules.registry(), project, "mirror", Map.of()));
        try (Console someone = Console.as(user); Console admin = Console.admin()) {
            assertThat(someone.open("replication-execution?id=" + run)).isEqualTo(403);
            assertThat(live(someone, "run:" + run)).isEqualTo(403);
            assertThat(live(someone, "rules:")).isEqualTo(403);
            assertThat(live(admin, "run:" + run)).isEqualTo(200);
            assertThat(live(admin, "run:999999999")).isEqualTo(404);
            assertThat(live(admin, "run:" + run + ":999999999")).isEqualTo(404);
            assertThat(live(admin, "nothing:5")).isEqualTo(404);
            assertThat(admin.open("replication-execution?id=999999999")).isEqualTo(404);
            assertThat(admin.open("replication-execution?id=" + run + "&task=999999999")).isEqualTo(404);
        }
    }

    private static int live(Console console, String name) {
        return console.page().context().request().get("/harbor/live?name=" + name).status();
    }
}
