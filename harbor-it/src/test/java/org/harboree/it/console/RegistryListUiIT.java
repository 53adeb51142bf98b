// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.Map;
import org.harboree.it.HarborApi;
import org.harboree.it.Product;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The other registry is the product itself, at its own address. */
@Tag("ui")
class RegistryListUiIT {
    private static final Product PRODUCT = Product.running();
    private static final HarborApi ADMIN = PRODUCT.api();

    @Test
    void shouldLookRight() {
        for (int i = 0; i < 3; i++) {
            enter("listed");
        }
        try (Console console = Console.admin()) {
            console.link("Registries").click();

            assertThat(console.heading()).isEqualTo("Registries");
            assertThat(console.page().locator("table").innerText()).contains("Answers").contains("admin");
            Looks.check(console, "registry-list");
            console.open("registry-list?filter=nothing-is-called-so");
            assertThat(console.page().locator(".empty").innerText()).contains("Nothing here is called");
        }
    }

    @Test
    void shouldBeForAdministratorsOnly() {
        String user = ADMIN.newUser("curious", Console.PASSWORD);
        try (Console someone = Console.as(user)) {
            assertThat(someone.menu()).doesNotContain("Registries");
            assertThat(someone.open("registry-list")).isEqualTo(403);
        }
    }

    @Test
    void shouldEnterARegistryThatAnswersAndNoOther() {
        String name = Product.uniqueName("entered");
        try (Console console = Console.admin()) {
            console.open("registry-list");
            console.button("Add registry").first().click();
            Locator dialog = console.page().locator("#new-registry");
            dialog.getByLabel("Kind").selectOption("docker-registry");
            dialog.getByLabel("Name", new Locator.GetByLabelOptions().setExact(true)).fill(name);
            dialog.getByLabel("Address").fill("http://127.0.0.1:1");
            dialog.getByText("Try it").click();
            dialog.locator(".problem").waitFor();
            assertThat(dialog.locator(".problem").innerText()).contains("does not answer as it should");
            Looks.check(console, "registry-new");

            dialog.getByLabel("Address").fill(PRODUCT.url().toString());
            dialog.getByLabel("User", new Locator.GetByLabelOptions().setExact(true)).fill("admin");
            dialog.getByLabel("Password").fill(PRODUCT.adminPassword());
            dialog.getByText("Try it").click();
            dialog.locator(".done").waitFor();
            dialog.getByLabel("Password").fill(PRODUCT.adminPassword());
            dialog.locator(".ui-button.primary").click();
            console.page().locator(".toast").waitFor();

            assertThat(console.page().locator(".toast").innerText()).contains(name + " is entered");
            assertThat(ADMIN.get("/registries?name=" + name).path(0).path("status").asText()).isEqualTo("healthy");
        }
    }

    @Test
    void shouldShowWhatHappensElsewhereWithoutAReload() {
        String name = enter("watched");
        long id = ADMIN.get("/registries?name=" + name).path(0).path("id").asLong();
        try (Console console = Console.admin()) {
            console.page().clock().install();
            console.open("registry-list?filter=" + name);
            console.page().evaluate("() => { window.stillHere = true; }");
            assertThat(ADMIN.send("PUT", "/registries/" + id, "{\"description\":\"moved elsewhere\"}").statusCode())
                    .isEqualTo(200);
            console.page().clock().runFor(16_000);
            console.page().locator("#registries").getByText("moved elsewhere").waitFor();

            assertThat(console.page().evaluate("() => window.stillHere")).isEqualTo(true);
        }
    }

    @Test
    void shouldChangeARegistryAndKeepItsSecret() {
        String name = enter("changing");
        try (Console console = Console.admin()) {
            console.open("registry-list?filter=" + name);
            console.link("Change " + name).click();
            Locator dialog = console.page().locator("#change-registry");
            assertThat(dialog.getByLabel("Password").inputValue()).isEmpty();
            Looks.check(console, "registry-change");
            dialog.getByLabel("Name", new Locator.GetByLabelOptions().setExact(true)).fill(name + "-renamed");
            dialog.locator(".ui-button.primary").click();
            console.page().locator(".toast").waitFor();

            console.open("registry-list?filter=" + name + "-renamed");
            console.link("Check " + name + "-renamed").click();
            console.page().locator("#check .ui-button").click();
            console.page().locator("#check .done").waitFor();
            assertThat(console.page().locator("#check .done").innerText()).contains("answers");
        }
    }

    @Test
    void shouldDeleteARegistryAndSayWhatStays() {
        String name = enter("forgotten");
        try (Console console = Console.admin()) {
            console.open("registry-list?filter=" + name);
            console.link("Delete " + name).click();
            assertThat(console.page().locator("#delete .goes").innerText()).contains("Nothing is deleted there");
            Looks.check(console, "registry-delete");
            console.page().locator("#delete .danger").click();
            console.page().locator(".toast").waitFor();

            assertThat(ADMIN.get("/registries?name=" + name)).isEmpty();
        }
    }

    private static String enter(String stem) {
        String name = Product.uniqueName(stem);
        ADMIN.post("/registries", Map.of("name", name, "type", "docker-registry", "url", PRODUCT.url().toString(),
                "credential", Map.of("type", "basic", "access_key", "admin",
                        "access_secret", PRODUCT.adminPassword())));
        return name;
    }
}
