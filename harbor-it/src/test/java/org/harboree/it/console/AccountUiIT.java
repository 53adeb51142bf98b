// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.harboree.it.HarborApi;
import org.harboree.it.Product;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ui")
class AccountUiIT {
    private static final HarborApi ADMIN = Product.running().api();
    private static final String OTHER_PASSWORD = "Another-5678";

    @Test
    void shouldLookRight() {
        String user = ADMIN.newUser("account", Console.PASSWORD);
        try (Console console = Console.as(user)) {
            console.button(user).click();
            console.link("Account").click();

            assertThat(console.heading()).isEqualTo("Account");
            Looks.check(console, "account");
        }
    }

    @Test
    void shouldSaveTheProfileAndSayWhatIsWrongWithIt() {
        String user = ADMIN.newUser("profile", Console.PASSWORD);
        try (Console console = Console.as(user)) {
            console.open("account");
            console.field("E-mail").fill("nowhere");
            console.button("Save profile").click();
            console.page().locator(".problem").waitFor();
            assertThat(console.page().locator(".problem").innerText()).contains("That is no e-mail address");
            Looks.check(console, "account-wrong");

            console.field("E-mail").fill(user + "@example.net");
            console.field("Comment").fill("night shift");
            console.button("Save profile").click();
            console.page().locator(".toast").waitFor();

            assertThat(console.field("Comment").inputValue()).isEqualTo("night shift");
            JsonNode saved = Product.running().apiAs(user, Console.PASSWORD).get("/users/current");
            assertThat(saved.path("email").asText()).isEqualTo(user + "@example.net");
        }
    }

    @Test
    void shouldChangeThePasswordAndEndEveryOtherSession() {
        String user = ADMIN.newUser("secret", Console.PASSWORD);
        try (Console console = Console.as(user); Console elsewhere = Console.as(user)) {
            console.open("account");
            change(console, "Wrong-12345", OTHER_PASSWORD, OTHER_PASSWORD);
            assertThat(console.page().locator(".problem").innerText()).contains("current password is wrong");
            change(console, Console.PASSWORD, OTHER_PASSWORD, "Otherwise-5678");
            assertThat(console.page().locator(".problem").innerText()).contains("not the same");
            change(console, Console.PASSWORD, "weak", "weak");
            assertThat(console.page().locator(".problem").innerText()).contains("8 to 128 characters");

            change(console, Console.PASSWORD, OTHER_PASSWORD, OTHER_PASSWORD);

            assertThat(console.page().locator(".toast").innerText()).contains("password is changed");
            assertThat(console.button(user).isVisible()).isTrue();
            assertThat(Product.running().apiAs(user, OTHER_PASSWORD).send("GET", "/users/current", "").statusCode())
                    .isEqualTo(200);
            elsewhere.open("account");
            assertThat(elsewhere.heading()).isEqualTo("Sign in");
        }
    }

    @Test
    void shouldAskStrangersToSignInFirst() {
        String user = ADMIN.newUser("stranger", Console.PASSWORD);
        try (Console console = Console.anonymous()) {
            console.open("account");
            assertThat(console.heading()).isEqualTo("Sign in");

            console.signIn(user, Console.PASSWORD);
            assertThat(console.heading()).isEqualTo("Account");
        }
    }

    private static void change(Console console, String current, String next, String again) {
        console.field("Current password").fill(current);
        console.field("New password").fill(next);
        console.field("The same again").fill(again);
        console.page().locator(".problem").evaluateAll("shown => shown.forEach(one => one.remove())");
        console.button("Change password").click();
        console.page().locator(".problem, .toast").waitFor();
    }
}
