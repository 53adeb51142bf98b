// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import java.util.List;
import org.harboree.it.HarborApi;
import org.harboree.it.Product;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What all pages have in common. */
@Tag("ui")
class FrameUiIT {
    private static final HarborApi ADMIN = Product.running().api();

    private static String focused(Console console) {
        return (String) console.page().evaluate("() => { const one = document.activeElement;"
                + " return one.id || one.getAttribute('aria-label') || one.textContent.trim(); }");
    }

    @Test
    void shouldLetTheKeyboardSkipTheFrameAndDoWhatAMouseDoes() {
        String name = Product.uniqueName("typed");
        try (Console console = Console.admin()) {
            Keyboard keyboard = console.page().keyboard();
            console.open("project-list");
            keyboard.press("Tab");
            assertThat(focused(console)).isEqualTo("Skip to content");
            assertThat(console.page().locator(".skip").boundingBox().y).as("seen while it has the focus")
                    .isGreaterThanOrEqualTo(0);
            keyboard.press("Enter");
            keyboard.press("Tab");
            assertThat(focused(console)).isEqualTo("New project");
            assertThat((String) console.page().evaluate(
                    "() => getComputedStyle(document.activeElement).outlineStyle")).isNotEqualTo("none");

            keyboard.press("Enter");
            Locator dialog = console.page().locator("dialog[open]");
            assertThat(dialog.isVisible()).isTrue();
            for (int i = 0; i < 12; i++) {
                keyboard.press("Tab");
                assertThat((Boolean) console.page().evaluate("() => document.activeElement === document.body"
                        + " || document.activeElement.closest('dialog') !== null")).as("stays in the dialog").isTrue();
            }
            keyboard.press("Escape");
            assertThat(dialog.count()).isZero();
            assertThat(focused(console)).as("back where it was").isEqualTo("New project");

            keyboard.press("Enter");
            dialog.getByLabel("Name").focus();
            keyboard.type(name);
            keyboard.press("Enter");
            console.page().locator(".toast").getByText(name + " is ready").waitFor();
        }
    }

    @Test
    void shouldOpenAndCloseTheMenuOfAPhoneByKeyboard() {
        try (Console console = Console.admin()) {
            console.page().setViewportSize(390, 844);
            console.open("project-list");
            Locator link = console.page().locator("#menu a").getByText("Users");
            assertThat(link.isVisible()).isFalse();
            console.page().locator("[data-drawer]").focus();
            console.page().keyboard().press("Enter");
            link.waitFor();
            assertThat(console.page().locator("[data-drawer]").getAttribute("aria-expanded")).isEqualTo("true");
            assertThat(console.page().locator("#menu").boundingBox().height).as("down to the edge")
                    .isGreaterThan(700);
            Looks.keep(console, "drawer-390");
            console.page().keyboard().press("Escape");
            assertThat(link.isVisible()).isFalse();

            console.page().keyboard().press("Enter");
            link.click();
            console.page().waitForURL("**/user-list");
        }
    }

    @Test
    void shouldRememberThemeAndLanguage() {
        try (Console console = Console.anonymous()) {
            console.open("project-list");
            String first = console.page().locator("html").getAttribute("data-theme");
            console.button("Light or dark").click();
            String second = console.page().locator("html").getAttribute("data-theme");
            assertThat(List.of(first, second)).containsExactlyInAnyOrder("light", "dark");
            console.button("Language").click();
            console.page().locator("[data-language=de]").click();
            console.page().locator("html[lang=de]").waitFor();

            String sent = console.page().context().request().get("/harbor/search").text();
            assertThat(sent).as("comes with its theme: nothing flashes").contains("data-theme=\"" + second + "\"")
                    .contains("lang=\"de\"");
        }
    }

    @Test
    void shouldTakeNoFormOfAnotherSite() {
        String user = ADMIN.newUser("lured", Console.PASSWORD);
        try (Console console = Console.as(user)) {
            assertThat(signOutFrom("same-origin", console)).isEqualTo(200);
            assertThat(signOutFrom("cross-site", console)).isEqualTo(403);
            assertThat(signOutFrom("same-site", console)).isEqualTo(403);
            console.open("account");
            assertThat(console.heading()).as("still signed in").isNotEqualTo("Sign in");
        }
    }

    /** Sends the form as a stranger can who knows no view: one from here leads to the page. @return the status */
    private static int signOutFrom(String site, Console console) {
        return console.page().context().request().post("/harbor/project-list", RequestOptions.create()
                .setHeader("Sec-Fetch-Site", site).setForm(FormData.create().set("sign-out-form", "sign-out-form")
                        .set("sign-out-form:sign-out", "Sign out"))).status();
    }

    @Test
    void shouldGoOnFromAPageThatWasOpenTooLong() {
        try (Console console = Console.admin()) {
            console.open("project-list");
            for (int i = 0; i < 15; i++) {
                console.page().context().request().get("/harbor/project-list");
            }
            console.button("New project").click();
            console.page().locator("dialog").getByLabel("Name").fill(Product.uniqueName("stale"));
            console.button("Create project").click();
            console.page().locator(".toast").waitFor();
            assertThat(console.page().locator(".toast").innerText()).contains("loaded anew");
            assertThat(console.heading()).isEqualTo("Projects");

            String name = Product.uniqueName("fresh");
            console.button("New project").click();
            console.page().locator("dialog").getByLabel("Name").fill(name);
            console.button("Create project").click();
            console.page().locator(".toast").getByText(name + " is ready").waitFor();
        }
    }
}
