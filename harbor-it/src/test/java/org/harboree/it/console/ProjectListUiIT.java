// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.harboree.it.HarborApi;
import org.harboree.it.Product;
import org.harboree.it.ProjectRole;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ui")
class ProjectListUiIT {
    private static final HarborApi ADMIN = Product.running().api();

    @Test
    void shouldLookRight() {
        for (int i = 0; i < 17; i++) {
            ADMIN.newProject("list", Map.of("public", String.valueOf(i % 3 == 0)));
        }
        try (Console console = Console.admin()) {
            console.open("project-list");

            Looks.check(console, "project-list");
        }
    }

    @Test
    void shouldOfferEachRoleExactlyItsMenu() {
        String user = ADMIN.newUser("menu", Console.PASSWORD);
        try (Console nobody = Console.anonymous(); Console someone = Console.as(user); Console admin = Console.admin()) {
            nobody.open("project-list");

            assertThat(nobody.menu()).containsExactly("Projects");
            assertThat(someone.menu()).containsExactly("Projects");
            assertThat(admin.menu()).containsExactly("Projects", "Users", "Registries", "Replication");
            assertThat(nobody.button("New project").count()).isZero();
            assertThat(someone.button("New project").isVisible()).isTrue();
        }
    }

    @Test
    void shouldShowStrangersThePublicOnly() {
        String hidden = ADMIN.newProject("hidden");
        String open = ADMIN.newProject("open", Map.of("public", "true"));
        try (Console console = Console.anonymous()) {
            console.open("project-list?filter=" + open);
            assertThat(console.rows()).containsExactly(open);

            console.open("project-list?filter=" + hidden);
            assertThat(console.page().locator(".empty").innerText()).contains("Nothing here is called");
            Looks.check(console, "project-list-empty");
        }
    }

    @Test
    void shouldShowAMemberTheirProjectsAndRole() {
        String user = ADMIN.newUser("member", Console.PASSWORD);
        String project = ADMIN.newProject("joined");
        ADMIN.addMember(project, user, ProjectRole.DEVELOPER);
        try (Console console = Console.as(user)) {
            console.link("Mine").click();

            assertThat(console.rows()).containsExactly(project);
            assertThat(console.page().locator("table").innerText()).contains("Developer").contains("Private");
        }
    }

    @Test
    void shouldKeepFilterAndOrderInTheAddress() {
        String stem = Product.uniqueName("order");
        for (String name : new String[] {"a", "b", "c"}) {
            ADMIN.post("/projects", Map.of("project_name", stem + "-" + name));
        }
        try (Console console = Console.admin()) {
            console.open("project-list");
            console.filter().fill(stem);
            console.filter().press("Enter");
            console.page().waitForURL("**/project-list?filter=" + stem);
            assertThat(console.rows()).containsExactly(stem + "-a", stem + "-b", stem + "-c");

            console.link("Name").click();
            console.link("Name").click();
            assertThat(console.page().url()).contains("filter=" + stem).contains("sort=-name");
            assertThat(console.rows()).containsExactly(stem + "-c", stem + "-b", stem + "-a");
        }
    }

    @Test
    void shouldCreateAProjectAndSayWhatIsWrongWithAName() {
        String name = Product.uniqueName("made");
        try (Console console = Console.admin()) {
            console.button("New project").click();
            console.page().locator("dialog").getByLabel("Name").fill("Not A Name");
            console.button("Create project").click();
            console.page().locator("dialog .problem").waitFor();
            assertThat(console.page().locator("dialog .problem").innerText()).contains("lower case letters");
            Looks.check(console, "project-new");

            console.page().locator("dialog").getByLabel("Name").fill(name);
            console.button("Create project").click();
            console.page().locator(".toast").waitFor();

            assertThat(console.page().locator(".toast").innerText()).contains(name + " is ready");
            assertThat(console.heading()).isEqualTo(name);
            assertThat(ADMIN.get("/projects/" + name).path("metadata").path("public").asText()).isEqualTo("false");
        }
    }

    @Test
    void shouldGoOnAfterTheSessionHasEnded() {
        try (Console console = Console.admin()) {
            console.button("New project").click();
            console.page().context().clearCookies();
            console.page().locator("dialog").getByLabel("Name").fill(Product.uniqueName("late"));
            console.button("Create project").click();
            console.page().waitForURL("**/sign-in*");

            console.signIn("admin", Product.running().adminPassword());
            assertThat(console.heading()).isEqualTo("Projects");
        }
    }
}
