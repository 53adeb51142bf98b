// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.harboree.it.HarborApi;
import org.harboree.it.Product;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ui")
class ReplicationExecutionsUiIT {
    private static final HarborApi ADMIN = Product.running().api();

    private final String project = ADMIN.newProject("repeated");
    private final String registry = Rules.registry();

    @Test
    void shouldShowTheRunsOfARuleAsTheyComeWithoutAReload() {
        String name = Product.uniqueName("runs");
        new Images(project + "/app").push("1.0");
        long rule = Rules.rule(name, registry, project, ADMIN.newProject("mirror"), Map.of());
        try (Console console = Console.admin()) {
            console.open("replication-list?filter=" + name);
            console.link(name).click();
            assertThat(console.heading()).isEqualTo(name);
            assertThat(console.page().locator(".empty").innerText()).contains("This rule never ran");
            Looks.check(console, "replication-executions-empty");
            console.page().evaluate("() => { window.stillHere = true; }");

            long run = Rules.run(rule);
            console.link("Run " + run).waitFor();
            console.page().locator("tbody").getByText("Done").waitFor();
            Rules.run(rule);
            console.page().waitForCondition(() -> console.rows().size() == 2);
            assertThat(console.page().evaluate("() => window.stillHere")).isEqualTo(true);
            assertThat(console.page().locator("tbody").innerText()).contains("By hand").contains("1 of 1");
            Looks.check(console, "replication-executions");

            console.link("Failed").click();
            assertThat(console.page().locator(".empty").innerText()).contains("No run has failed");
        }
    }

    @Test
    void shouldRunTheRule() {
        String name = Product.uniqueName("started");
        long rule = Rules.rule(name, registry, project, "mirror", Map.of());
        try (Console console = Console.admin()) {
            console.open("replication-executions?rule=" + rule);
            console.button("Run now").first().click();
            assertThat(console.page().locator("#run").innerText()).contains("from This registry to " + registry);
            console.page().locator("#run .ui-button").click();
            console.page().waitForURL("**/replication-execution?id=*");

            assertThat(ADMIN.get("/replication/executions?policy_id=" + rule)).hasSize(1);
        }
    }

    @Test
    void shouldBeForAdministratorsOnlyAndForRulesThatThereAre() {
        String user = ADMIN.newUser("curious", Console.PASSWORD);
        long rule = Rules.rule(Product.uniqueName("secret"), registry, project, "mirror", Map.of());
        try (Console someone = Console.as(user); Console admin = Console.admin()) {
            assertThat(someone.open("replication-executions?rule=" + rule)).isEqualTo(403);
            assertThat(admin.open("replication-executions?rule=999999999")).isEqualTo(404);
        }
    }
}
