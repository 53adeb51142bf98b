// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.RequestOptions;
import java.util.List;
import java.util.Map;
import org.harboree.it.HarborApi;
import org.harboree.it.Product;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ui")
class SignInUiIT {
    private static final HarborApi ADMIN = Product.running().api();

    @Test
    void shouldLookRight() {
        try (Console console = Console.anonymous()) {
            console.open("sign-in");

            Looks.check(console, "sign-in");
        }
    }

    @Test
    void shouldSpeakTheLanguageOfTheBrowser() {
        for (Map.Entry<String, String> words : Map.of("de", "Anmelden", "zh-CN", "登录", "fr", "Sign in").entrySet()) {
            try (Console console = Console.anonymous(words.getKey())) {
                console.open("sign-in");

                assertThat(console.heading()).isEqualTo(words.getValue());
                Looks.keep(console, "sign-in-" + words.getKey());
            }
        }
    }

    @Test
    void shouldSayWhatWentWrongBesideTheFields() {
        try (Console console = Console.anonymous()) {
            console.open("sign-in");
            console.signIn("nobody", "Wrong-1234");

            assertThat(console.page().getByRole(AriaRole.ALERT).innerText())
                    .contains("do not belong together");
            assertThat(console.field("Password").inputValue()).isEmpty();
            Looks.keep(console, "sign-in-wrong");
        }
    }

    @Test
    void shouldSlowDownGuessesHereAsEverywhere() {
        String user = ADMIN.newUser("guessed", Console.PASSWORD);
        for (int i = 0; i < 5; i++) {
            assertThat(Product.running().apiAs(user, "Wrong-1234").send("GET", "/users/current", "").statusCode())
                    .isEqualTo(401);
        }
        try (Console console = Console.anonymous()) {
            String answer = "";
            // The first wait may be over before the form is sent; each is twice as long as the one before.
            for (int i = 0; i < 6 && !answer.contains("Too many attempts"); i++) {
                console.open("sign-in");
                console.signIn(user, "Wrong-1234");
                answer = console.page().getByRole(AriaRole.ALERT).innerText();
            }
            assertThat(answer).contains("Too many attempts");
            Looks.keep(console, "sign-in-slowed");
        }
    }

    @Test
    void shouldReturnToThePageThatWasAskedFor() {
        String user = ADMIN.newUser("returner", Console.PASSWORD);
        try (Console console = Console.anonymous()) {
            console.open("project-list?filter=lib&sort=-name");
            console.link("Sign in").click();
            console.signIn(user, Console.PASSWORD);

            assertThat(console.page().url()).endsWith("/harbor/project-list?filter=lib&sort=-name");
        }
    }

    @Test
    void shouldLeadNowhereElse() {
        String user = ADMIN.newUser("redirected", Console.PASSWORD);
        for (String address : List.of("https://example.org/", "//example.org/harbor/x", "/%5Cexample.org", "/api/v2.0")) {
            try (Console console = Console.anonymous()) {
                console.open("sign-in?return=" + address);
                console.signIn(user, Console.PASSWORD);

                assertThat(console.page().url()).endsWith("/harbor/project-list");
            }
        }
    }

    @Test
    void shouldRenewTheSessionAndHideItFromScripts() {
        String user = ADMIN.newUser("renewed", Console.PASSWORD);
        try (Console console = Console.anonymous()) {
            console.open("sign-in");
            String before = session(console).value;
            console.signIn(user, Console.PASSWORD);

            Cookie after = session(console);
            assertThat(after.value).isNotEqualTo(before);
            assertThat(after.httpOnly).isTrue();
            assertThat(after.path).isEqualTo("/");
            assertThat(after.sameSite.name()).isEqualTo("LAX");
        }
    }

    @Test
    void shouldSignOut() {
        String user = ADMIN.newUser("leaver", Console.PASSWORD);
        try (Console console = Console.as(user)) {
            console.button(user).click();
            console.button("Sign out").click();

            assertThat(console.link("Sign in").isVisible()).isTrue();
            assertThat(console.page().request().get("/api/v2.0/users/current").status()).isEqualTo(401);
        }
    }

    @Test
    void shouldTakeChangesOfTheApiBySessionOnlyWithTheToken() {
        String user = ADMIN.newUser("scripter", Console.PASSWORD);
        try (Console console = Console.as(user)) {
            Map<String, String> project = Map.of("project_name", Product.uniqueName("csrf"));
            APIResponse refused = console.page().request().post("/api/v2.0/projects",
                    RequestOptions.create().setData(project));
            String token = refused.headers().get("x-harbor-csrf-token");
            APIResponse done = console.page().request().post("/api/v2.0/projects",
                    RequestOptions.create().setData(project).setHeader("X-Harbor-CSRF-Token", token));

            assertThat(refused.status()).isEqualTo(403);
            assertThat(done.status()).isEqualTo(201);
            assertThat(console.page().request().get("/v2/_catalog").status()).isEqualTo(401);
        }
    }

    @Test
    void shouldEndTheSessionOfADeletedUser() {
        String user = ADMIN.newUser("deleted", Console.PASSWORD);
        try (Console console = Console.as(user)) {
            int id = ADMIN.get("/users?username=" + user).path(0).path("user_id").asInt();
            assertThat(ADMIN.send("DELETE", "/users/" + id, "").statusCode()).isEqualTo(200);

            console.open("project-list");

            assertThat(console.link("Sign in").isVisible()).isTrue();
        }
    }

    private static Cookie session(Console console) {
        return console.page().context().cookies().stream().filter(cookie -> cookie.name.equals("sid")).findFirst()
                .orElseThrow();
    }
}
