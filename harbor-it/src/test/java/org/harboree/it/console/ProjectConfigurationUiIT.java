// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.harboree.it.HarborApi;
import org.harboree.it.Product;
import org.harboree.it.ProjectRole;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ui")
class ProjectConfigurationUiIT {
    private static final HarborApi ADMIN = Product.running().api();

    @Test
    void shouldSaveWhatTheServerActsOn() {
        String project = ADMIN.newProject("settled");
        try (Console console = Console.admin()) {
            console.open("project?name=" + project);
            console.link("Configuration").click();
            Looks.check(console, "project-configuration");
            assertThat(console.field("Public").isChecked()).isFalse();
            console.field("Public").check();
            console.field("Incomplete multi-platform images").check();
            console.button("Save configuration").click();
            console.page().locator(".toast").waitFor();

            assertThat(console.field("Public").isChecked()).isTrue();
            JsonNode metadata = ADMIN.get("/projects/" + project).path("metadata");
            assertThat(metadata.path("public").asText()).isEqualTo("true");
            assertThat(metadata.path("allow_sparse_index").asText()).isEqualTo("true");
        }
    }

    @Test
    void shouldDeleteAnEmptyProjectAndSayWhatGoes() {
        String project = ADMIN.newProject("ending");
        ADMIN.addMember(project, ADMIN.newUser("member", Console.PASSWORD), ProjectRole.GUEST);
        try (Console console = Console.admin()) {
            console.open("project-configuration?name=" + project);
            console.button("Delete project").first().click();
            assertThat(console.page().locator("#delete-project").innerText())
                    .contains("2 memberships go").contains("No image goes").contains("The name is free");
            Looks.check(console, "project-delete");
            console.page().locator("#delete-project .danger").click();
            console.page().waitForURL("**/project-list");

            assertThat(console.page().locator(".toast").innerText()).contains(project + " is deleted");
            assertThat(ADMIN.send("HEAD", "/projects?project_name=" + project, "").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void shouldShowWhatIsInAProjectThatCannotBeDeleted() {
        String project = ADMIN.newProject("full");
        for (int i = 0; i < 6; i++) {
            new Images(project + "/app-" + i).push("1.0");
        }
        try (Console console = Console.admin()) {
            console.open("project-configuration?name=" + project);

            assertThat(console.page().locator("main").innerText())
                    .contains("6 repositories with").contains(project + "/app-0").contains("1 artifact")
                    .contains("and 1 more");
            assertThat(console.button("Delete project").count()).isZero();
            Looks.check(console, "project-undeletable");
            console.link("Go to the repositories").click();
            console.page().waitForURL("**/project-repositories?name=" + project);
        }
    }

    @Test
    void shouldSayWhenSomebodyPushedMeanwhile() {
        String project = ADMIN.newProject("racing");
        try (Console console = Console.admin()) {
            console.open("project-configuration?name=" + project);
            console.button("Delete project").first().click();
            new Images(project + "/app").push("1.0");
            console.page().locator("#delete-project .danger").click();
            console.page().locator("#delete-project .problem").waitFor();

            assertThat(console.page().locator("#delete-project .problem").innerText())
                    .contains("There are repositories in the project");
        }
    }

    @Test
    void shouldShowMaintainersAndLetThemChangeNothing() {
        String project = ADMIN.newProject("guarded");
        String maintainer = ADMIN.newUser("maintainer", Console.PASSWORD);
        String guest = ADMIN.newUser("guest", Console.PASSWORD);
        ADMIN.addMember(project, maintainer, ProjectRole.MAINTAINER);
        ADMIN.addMember(project, guest, ProjectRole.GUEST);
        try (Console theirs = Console.as(maintainer); Console least = Console.as(guest)) {
            theirs.open("project-configuration?name=" + project);
            assertThat(theirs.field("Public").isDisabled()).isTrue();
            assertThat(theirs.button("Save configuration").count()).isZero();
            assertThat(theirs.button("Delete project").count()).isZero();

            least.open("project?name=" + project);
            assertThat(least.link("Configuration").count()).isZero();
            assertThat(least.open("project-configuration?name=" + project)).isEqualTo(403);
        }
    }
}
