// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.List;
import java.util.Map;
import org.harboree.it.HarborApi;
import org.harboree.it.Product;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ui")
class ReplicationRuleUiIT {
    private static final HarborApi ADMIN = Product.running().api();
    private static final Locator.WaitForOptions GONE =
            new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED);

    private final String project = ADMIN.newProject("ruled");
    private final String registry = Rules.registry();

    private static Locator matches(Console console) {
        return console.page().locator("[id='rule:matches']");
    }

    @Test
    void shouldShowWhatARuleWouldFindBeforeItIsSaved() {
        String name = Product.uniqueName("made");
        String target = ADMIN.newProject("mirror");
        new Images(project + "/web/nginx").push("1.26");
        new Images(project + "/web/nginx").push("1.27");
        new Images(project + "/web/nginx").push("nightly");
        new Images(project + "/tools/git").push("2.0");
        try (Console console = Console.admin()) {
            console.open("replication-list");
            console.link("New rule").click();
            assertThat(console.heading()).isEqualTo("New rule");
            console.field("Name").fill(name);
            console.field("Other registry").selectOption(registry);
            console.field("Namespace on the other side").fill(target);
            console.field("Repository").fill(project + "/**");
            matches(console).getByText(project + "/tools/git").waitFor();
            assertThat(matches(console).innerText()).contains("2 repositories, 4 tags, 4 artifacts")
                    .contains(target + "/web/nginx").contains(target + "/tools/git");

            console.field("Tag").fill("1.*");
            matches(console).getByText("1 repository, 2 tags, 2 artifacts").waitFor();
            console.page().getByText("Compare both sides").click();
            matches(console).locator(".difference, .problem").first().waitFor();
            assertThat(matches(console).innerText()).contains("Missing there\n2").contains("Would be sent");
            console.field("Trigger").selectOption("scheduled");
            console.field("Schedule").fill("0 30 1 * * *");
            Looks.check(console, "replication-rule");

            console.page().getByText("Save rule").click();
            console.page().waitForURL("**/replication-executions?rule=*");
            assertThat(console.page().locator(".toast").innerText()).contains(name + " is saved");
            JsonNode rule = ADMIN.get("/replication/policies?name=" + name).path(0);
            assertThat(rule.path("dest_registry").path("name").asText()).isEqualTo(registry);
            assertThat(rule.path("dest_namespace").asText()).isEqualTo(target);
            assertThat(rule.path("dest_namespace_replace_count").asInt()).isEqualTo(1);
            assertThat(rule.path("trigger").path("trigger_settings").path("cron").asText()).isEqualTo("0 30 1 * * *");
            assertThat(rule.path("filters")).hasSize(2);
            assertThat(rule.path("enabled").asBoolean()).isTrue();
        }
    }

    @Test
    void shouldSayAtTheFieldWhatIsWrong() {
        String taken = Product.uniqueName("taken");
        Rules.rule(taken, registry, project, "mirror", Map.of());
        try (Console console = Console.admin()) {
            console.open("replication-rule");
            console.field("Repository").fill("library/{a");
            console.field("Namespace on the other side").fill("Upper Case");
            console.field("Trigger").selectOption("scheduled");
            console.field("Platforms").fill("linux/amd64, toaster");
            console.field("Schedule").fill("* * * * * *");
            console.field("Bandwidth in KiB per second").fill("fast");
            console.page().getByText("Save rule").click();
            console.page().locator("[id='rule:names-problem']").waitFor();

            assertThat(console.page().locator("[id='rule:names-problem']").innerText()).contains("cannot be read");
            assertThat(console.page().locator("[id='rule:namespace-problem']").innerText()).contains("cannot be used");
            assertThat(console.page().locator("[id='rule:cron-problem']").innerText()).contains("once a minute");
            assertThat(console.page().locator("[id='rule:speed-problem']").innerText()).contains("whole number");
            assertThat(console.page().locator("[id='rule:platforms-problem']").innerText()).contains("linux/arm/v7");
            assertThat(console.field("Repository").getAttribute("aria-invalid")).isEqualTo("true");
            Looks.check(console, "replication-rule-wrong");

            console.field("Repository").fill(project + "/**");
            console.field("Namespace on the other side").fill("mirror");
            console.field("Platforms").fill("");
            console.field("Schedule").fill("0 0 2 * * *");
            console.field("Bandwidth in KiB per second").fill("100");
            console.page().getByText("Save rule").click();
            console.page().locator("[id='rule:name-problem']").waitFor();
            console.field("Name").fill(taken);
            console.page().getByText("Save rule").click();
            console.page().locator("[id='rule:registry-problem']").waitFor();
            console.field("Other registry").selectOption(registry);
            console.page().getByText("Save rule").click();
            console.page().locator("[id='rule:name-problem']").getByText("of that name").waitFor();

            assertThat(console.field("Repository").inputValue()).isEqualTo(project + "/**");
            assertThat(ADMIN.get("/replication/policies?name=" + taken)).hasSize(1);
        }
    }

    @Test
    void shouldChangeARuleAndKeepWhatTheFormHasNoFieldFor() {
        String name = Product.uniqueName("changed");
        long id = Rules.rule(name, registry, project, "mirror", Map.of("description", "before", "speed", 7,
                "filters", List.of(Map.of("type", "name", "value", project + "/**"),
                        Map.of("type", "tag", "value", "dev-*", "decoration", "excludes"),
                        Map.of("type", "tag", "value", "v*"), Map.of("type", "label", "value", List.of("a", "b"))),
                "trigger", Map.of("type", "event_based"), "deletion", true));
        try (Console console = Console.admin()) {
            console.open("replication-list?filter=" + name);
            console.link("Change " + name).click();
            assertThat(console.heading()).isEqualTo(name);
            assertThat(console.field("Tag").inputValue()).isEqualTo("dev-*");
            assertThat(console.field("Labels").inputValue()).isEqualTo("a, b");
            assertThat(console.field("Delete there what is deleted here").isChecked()).isTrue();
            assertThat(console.page().locator("[id='rule']").innerText()).contains("Tag: v*");
            matches(console).getByText("Nothing passes these filters").waitFor();
            console.field("Description").fill("after");
            console.page().getByText("Save rule").click();
            console.page().waitForURL("**/replication-executions?rule=*");

            JsonNode rule = ADMIN.get("/replication/policies/" + id);
            assertThat(rule.path("description").asText()).isEqualTo("after");
            assertThat(rule.path("filters")).hasSize(4);
            assertThat(rule.path("filters").toString()).contains("excludes").contains("v*").contains("\"a\",\"b\"");
            assertThat(rule.path("speed").asInt()).isEqualTo(7);
            assertThat(rule.path("deletion").asBoolean()).isTrue();
        }
    }

    @Test
    void shouldCountOnlyThePlatformsThatAreChosen() {
        Images images = new Images(project + "/many");
        String small = images.push("", "amd64", List.of(new Images.Step("ADD small", 100_000)), Map.of());
        String large = images.push("", "arm64", List.of(new Images.Step("ADD large", 3_000_000)), Map.of());
        images.pushIndex("1.0", small, large);
        String name = Product.uniqueName("sparse");
        long id = Rules.rule(name, registry, project, ADMIN.newProject("mirror"), Map.of(
                "platforms", List.of("linux/arm64"),
                "filters", List.of(Map.of("type", "name", "value", project + "/**"),
                        Map.of("type", "tag", "value", "1.*"))));
        try (Console console = Console.admin()) {
            console.open("replication-executions?rule=" + id);
            assertThat(console.page().locator(".fact-row").innerText()).contains("Platforms: linux/arm64");
            console.open("replication-rule?id=" + id);
            assertThat(console.field("Platforms").inputValue()).isEqualTo("linux/arm64");
            console.page().getByText("Compare both sides").click();
            matches(console).getByText("2.9 MiB").waitFor();

            console.field("Platforms").fill("linux/amd64");
            matches(console).locator(".difference").waitFor(GONE);
            console.page().getByText("Compare both sides").click();
            matches(console).locator(".difference").waitFor();
            assertThat(matches(console).innerText()).contains("KiB").doesNotContain("MiB");
            Looks.check(console, "replication-rule-platforms");
            console.page().getByText("Save rule").click();
            console.page().waitForURL("**/replication-executions?rule=*");
            assertThat(ADMIN.get("/replication/policies/" + id).path("platforms").toString())
                    .isEqualTo("[\"linux/amd64\"]");

            console.open("replication-rule?id=" + id);
            console.field("Platforms").fill("");
            console.page().getByText("Save rule").click();
            console.page().waitForURL("**/replication-executions?rule=*");
            assertThat(ADMIN.get("/replication/policies/" + id).has("platforms")).isFalse();
        }
    }

    @Test
    void shouldReadInOtherLanguagesToo() {
        try (Console console = Console.admin()) {
            for (String language : List.of("de", "zh")) {
                console.page().evaluate("name => { document.cookie = `harbor-language=${name}; path=/harbor`; }",
                        language);
                console.open("replication-rule");
                assertThat(console.page().locator("html").getAttribute("lang")).startsWith(language);
                Looks.check(console, "replication-rule-" + language);
            }
        }
    }

    @Test
    void shouldBeForAdministratorsOnlyAndForRulesThatThereAre() {
        String user = ADMIN.newUser("curious", Console.PASSWORD);
        try (Console someone = Console.as(user); Console admin = Console.admin()) {
            assertThat(someone.open("replication-rule")).isEqualTo(403);
            assertThat(admin.open("replication-rule?id=999999999")).isEqualTo(404);
        }
    }
}
