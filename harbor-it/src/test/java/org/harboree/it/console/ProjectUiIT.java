// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.harboree.it.HarborApi;
import org.harboree.it.Product;
import org.harboree.it.ProjectRole;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ui")
class ProjectUiIT {
    private static final HarborApi ADMIN = Product.running().api();

    @Test
    void shouldTellWhatThereIsAndWhatWasPushedLast() {
        String project = ADMIN.newProject("summary");
        String user = ADMIN.newUser("summary", Console.PASSWORD);
        ADMIN.addMember(project, user, ProjectRole.DEVELOPER);
        new Images(project + "/web/frontend").push("1.27");
        Images api = new Images(project + "/api");
        api.push("2.0.1", "amd64", List.of(new Images.Step("RUN make", 3_000_000)), Map.of());
        api.push("2.0.2");
        try (Console console = Console.as(user)) {
            console.open("project?name=" + project);

            assertThat(console.heading()).isEqualTo(project);
            assertThat(console.page().locator(".facts").innerText()).contains("Private").contains("2 repositories");
            assertThat(console.page().locator(".tiles").innerText())
                    .contains("MiB").contains("1 × Project admin").contains("1 × Developer");
            assertThat(console.rows()).containsExactly("api", "api", "web/frontend");
            assertThat(console.page().locator("tbody tr").first().innerText()).contains("2.0.2").contains("just now");
            Looks.check(console, "project");
        }
    }

    @Test
    void shouldTellWhoMayPushHowToBegin() {
        String project = ADMIN.newProject("fresh");
        try (Console console = Console.admin()) {
            console.open("project?name=" + project);

            assertThat(console.page().locator(".empty").innerText())
                    .contains("docker push " + Product.running().registry() + "/" + project + "/IMAGE:TAG");
            Looks.check(console, "project-empty");
        }
    }

    @Test
    void shouldNotTellStrangersOfMembersAndStorage() {
        String project = ADMIN.newProject("shown", Map.of("public", "true"));
        try (Console console = Console.anonymous()) {
            console.open("project?name=" + project);

            assertThat(console.page().locator(".tiles").innerText()).doesNotContain("Members").doesNotContain("Storage");
            assertThat(console.page().locator(".empty").innerText()).contains("Nothing was pushed")
                    .doesNotContain("docker");
        }
    }

    @Test
    void shouldOfferEachRoleExactlyItsTabs() {
        String project = ADMIN.newProject("tabs", Map.of("public", "true"));
        String guest = ADMIN.newUser("tabs", Console.PASSWORD);
        ADMIN.addMember(project, guest, ProjectRole.LIMITED_GUEST);
        try (Console nobody = Console.anonymous(); Console limited = Console.as(guest);
                Console admin = Console.admin()) {
            assertThat(tabs(nobody, project)).containsExactly("Summary", "Repositories");
            assertThat(tabs(limited, project)).containsExactly("Summary", "Repositories");
            assertThat(tabs(admin, project)).containsExactly("Summary", "Repositories", "Members", "Configuration");
        }
    }

    @Test
    void shouldHideWhatTheVisitorMayNotSee() {
        String project = ADMIN.newProject("closed");
        try (Console stranger = Console.as(ADMIN.newUser("stranger", Console.PASSWORD)); Console admin = Console.admin();
                Console nobody = Console.anonymous()) {
            assertThat(stranger.open("project?name=" + project)).isEqualTo(403);
            assertThat(stranger.heading()).isEqualTo("You may not see this");
            assertThat(stranger.open("project?name=no-such-project")).isEqualTo(403);
            assertThat(admin.open("project?name=no-such-project")).isEqualTo(404);

            nobody.open("project?name=" + project);
            assertThat(nobody.page().url()).contains("/sign-in");
        }
    }

    private static List<String> tabs(Console console, String project) {
        console.open("project?name=" + project);
        return console.page().locator(".tabs a").allInnerTexts();
    }
}
