// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import org.harboree.it.HarborApi;
import org.harboree.it.Product;
import org.harboree.it.ProjectRole;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ui")
class UserListUiIT {
    private static final HarborApi ADMIN = Product.running().api();
    private static final String OTHER_PASSWORD = "Another-5678";

    @Test
    void shouldLookRight() {
        for (int i = 0; i < 16; i++) {
            ADMIN.newUser("listed", Console.PASSWORD);
        }
        try (Console console = Console.admin()) {
            console.link("Users").click();

            assertThat(console.heading()).isEqualTo("Users");
            Looks.check(console, "user-list");
            console.open("user-list?filter=nobody-is-called-so");
            assertThat(console.page().locator(".empty").innerText()).contains("Nothing here is called");
            Looks.check(console, "user-list-empty");
        }
    }

    @Test
    void shouldBeForAdministratorsOnly() {
        String user = ADMIN.newUser("nosy", Console.PASSWORD);
        try (Console nobody = Console.anonymous(); Console someone = Console.as(user)) {
            nobody.open("user-list");
            assertThat(nobody.heading()).isEqualTo("Sign in");

            assertThat(someone.menu()).doesNotContain("Users");
            assertThat(someone.open("user-list")).isEqualTo(403);
            assertThat(someone.heading()).isEqualTo("You may not see this");
            assertThat(someone.page().locator(".request-id code").innerText()).hasSize(36);
            Looks.check(someone, "error-403");
        }
    }

    @Test
    void shouldFilterAndSortInTheAddress() {
        String stem = Product.uniqueName("sorted");
        for (String name : new String[] {"a", "b"}) {
            ADMIN.post("/users", Map.of("username", stem + name, "password", Console.PASSWORD, "realname", "Test",
                    "email", stem + name + "@example.com"));
        }
        try (Console console = Console.admin()) {
            console.open("user-list");
            console.field("Filter by user name").fill(stem);
            console.field("Filter by user name").press("Enter");
            console.page().waitForURL("**/user-list?filter=" + stem);
            console.link("User name").click();
            console.link("User name").click();

            assertThat(console.page().url()).contains("sort=-username");
            assertThat(console.rows()).containsExactly(stem + "b", stem + "a");
        }
    }

    @Test
    void shouldCreateAUserAndSayWhatIsWrong() {
        String name = Product.uniqueName("made");
        try (Console console = Console.admin()) {
            console.open("user-list");
            console.button("New user").click();
            Locator dialog = console.page().locator("#new-user");
            dialog.getByLabel("User name").fill(name);
            dialog.getByLabel("Full name").fill("Ada Example");
            dialog.getByLabel("E-mail").fill("admin-without-host");
            fillPasswords(dialog, "Password", Console.PASSWORD);
            console.button("Create user").click();
            dialog.locator(".problem").waitFor();
            assertThat(dialog.locator(".problem").innerText()).contains("That is no e-mail address");
            Looks.check(console, "user-new");

            dialog.getByLabel("E-mail").fill(name + "@example.com");
            fillPasswords(dialog, "Password", Console.PASSWORD);
            console.button("Create user").click();
            console.page().locator(".toast").waitFor();

            assertThat(console.page().locator(".toast").innerText()).contains(name + " can sign in now");
            Product.running().apiAs(name, Console.PASSWORD).get("/users/current");
        }
    }

    @Test
    void shouldMakeAnAdministratorAndTakeTheRightsAwayAgain() {
        String user = ADMIN.newUser("promoted", Console.PASSWORD);
        try (Console console = Console.admin()) {
            console.open("user-list?filter=" + user);
            console.link("Make " + user + " an administrator").click();
            Looks.check(console, "user-grant");
            console.button("Make administrator").click();
            console.page().locator(".toast").waitFor();

            assertThat(console.page().url()).endsWith("/user-list?filter=" + user);
            assertThat(console.page().locator("table").innerText()).contains("Administrator");
            assertThat(Product.running().apiAs(user, Console.PASSWORD).send("GET", "/users", "").statusCode())
                    .isEqualTo(200);

            console.link("Take the administrator rights of " + user + " away").click();
            console.button("Take administrator rights away").click();
            console.page().locator(".toast", new com.microsoft.playwright.Page.LocatorOptions()
                    .setHasText("not an administrator any more")).waitFor();
            assertThat(Product.running().apiAs(user, Console.PASSWORD).send("GET", "/users", "").statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void shouldSetAPassword() {
        String user = ADMIN.newUser("locked-out", Console.PASSWORD);
        try (Console console = Console.admin(); Console theirs = Console.as(user)) {
            console.open("user-list?filter=" + user);
            console.link("Set the password of " + user).click();
            Locator dialog = console.page().locator("#set-password");
            fillPasswords(dialog, "New password", Console.PASSWORD);
            console.button("Set password").click();
            dialog.locator(".problem").waitFor();
            assertThat(dialog.locator(".problem").innerText()).contains("the password as it is");
            Looks.check(console, "user-password");

            fillPasswords(dialog, "New password", OTHER_PASSWORD);
            console.button("Set password").click();
            console.page().locator(".toast").waitFor();

            Product.running().apiAs(user, OTHER_PASSWORD).get("/users/current");
            theirs.open("account");
            assertThat(theirs.heading()).isEqualTo("Sign in");
        }
    }

    @Test
    void shouldSayWhatGoesWithAUserBeforeDeletingOne() {
        String user = ADMIN.newUser("leaving", Console.PASSWORD);
        Product.running().apiAs(user, Console.PASSWORD)
                .post("/projects", Map.of("project_name", Product.uniqueName("theirs")));
        ADMIN.addMember(ADMIN.newProject("another"), user, ProjectRole.GUEST);
        try (Console console = Console.admin()) {
            console.open("user-list?filter=" + user);
            console.link("Delete " + user).click();
            assertThat(console.page().locator("#delete .goes").innerText())
                    .contains("Its roles in 2 projects go").contains("The project that it has made stays");
            Looks.check(console, "user-delete");
            console.button("Delete user").click();
            console.page().locator(".toast").waitFor();

            assertThat(console.page().locator(".toast").innerText()).contains(user + " is deleted");
            assertThat(ADMIN.get("/users?username=" + user)).isEmpty();
        }
    }

    @Test
    void shouldSayWhenSomebodyElseWasFaster() {
        String user = ADMIN.newUser("twice", Console.PASSWORD);
        int id = ADMIN.get("/users?username=" + user).path(0).path("user_id").asInt();
        try (Console console = Console.admin()) {
            console.open("user-list?do=delete&of=" + id);
            assertThat(console.page().url()).endsWith("/user-list");
            assertThat(ADMIN.send("DELETE", "/users/" + id, "").statusCode()).isEqualTo(200);
            console.button("Delete user").click();
            console.page().locator("#delete .problem").waitFor();

            assertThat(console.page().locator("#delete .problem").innerText()).contains("not there any more");
        }
    }

    @Test
    void shouldNotOfferWhatNobodyMayDoToThemselves() {
        try (Console console = Console.admin()) {
            console.open("user-list?filter=admin&sort=user_id");

            assertThat(console.link("Delete admin").count()).isZero();
            assertThat(console.link("Set the password of admin").count()).isZero();
            console.page().locator("td").getByRole(AriaRole.LINK).first().click();
            assertThat(console.heading()).isEqualTo("Account");
        }
    }

    private static void fillPasswords(Locator dialog, String label, String password) {
        dialog.getByLabel(label, new Locator.GetByLabelOptions().setExact(true)).fill(password);
        dialog.getByLabel("The same again").fill(password);
    }
}
