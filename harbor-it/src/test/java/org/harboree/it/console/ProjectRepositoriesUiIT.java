// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.harboree.it.HarborApi;
import org.harboree.it.Product;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ui")
class ProjectRepositoriesUiIT {
    private static final HarborApi ADMIN = Product.running().api();

    @Test
    void shouldLeadFromTheProjectsToTheRepositories() {
        String project = ADMIN.newProject("found", Map.of("public", "true"));
        new Images(project + "/nginx").push("1.27");
        Images api = new Images(project + "/backend/api");
        api.push("1", "amd64", List.of(new Images.Step("RUN make", 1_500_000)), Map.of());
        api.push("2");
        try (Console console = Console.anonymous()) {
            console.open("project-list?filter=" + project);
            console.link(project).click();

            assertThat(console.rows()).containsExactly("backend/api", "nginx");
            assertThat(console.page().locator("tbody tr").first().innerText()).contains("1.4 MiB").contains("2");
            Looks.check(console, "project-repositories");
        }
    }

    @Test
    void shouldKeepFilterOrderAndPageInTheAddress() {
        String project = ADMIN.newProject("many");
        for (int i = 0; i < 17; i++) {
            new Images(project + "/image-" + (char) ('a' + i)).push("1");
        }
        try (Console console = Console.admin()) {
            console.open("project-repositories?name=" + project);
            assertThat(console.rows()).hasSize(15).startsWith("image-q", "image-p");

            console.link("Name").click();
            assertThat(console.rows()).hasSize(15).startsWith("image-a", "image-b");
            console.link("Next page").click();
            assertThat(console.rows()).containsExactly("image-p", "image-q");
            assertThat(console.page().url()).contains("name=" + project).contains("sort=name").contains("page=2");

            console.filter().fill("E-C");
            console.filter().press("Enter");
            console.page().waitForURL("**filter=E-C*");
            assertThat(console.rows()).containsExactly("image-c");

            console.open("project-repositories?name=" + project + "&filter=%25%22'");
            assertThat(console.page().locator(".empty").innerText()).contains("Nothing here is called");
            console.link("Show all").click();
            assertThat(console.rows()).hasSize(15);
        }
    }

    @Test
    void shouldTellWhoMayPushHowToBegin() {
        String project = ADMIN.newProject("begin");
        try (Console console = Console.admin()) {
            console.open("project-repositories?name=" + project);

            assertThat(console.page().locator(".commands code").allInnerTexts()).containsExactly(
                    "docker tag SOURCE_IMAGE:TAG " + Product.running().registry() + "/" + project + "/IMAGE:TAG",
                    "docker push " + Product.running().registry() + "/" + project + "/IMAGE:TAG");
            Looks.check(console, "project-repositories-empty");
        }
    }

    @Test
    void shouldRefuseWhatTheAddressCannotMeanAndWhoMayNotSee() {
        String project = ADMIN.newProject("refused");
        try (Console admin = Console.admin();
                Console stranger = Console.as(ADMIN.newUser("refused", Console.PASSWORD))) {
            assertThat(admin.open("project-repositories?name=" + project + "&sort=nothing")).isEqualTo(400);
            assertThat(stranger.open("project-repositories?name=" + project)).isEqualTo(403);
        }
    }
}
