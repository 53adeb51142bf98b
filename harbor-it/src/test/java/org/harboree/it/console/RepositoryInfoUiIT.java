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
class RepositoryInfoUiIT {
    private static final HarborApi ADMIN = Product.running().api();

    @Test
    void shouldShowWhatWasWrittenAfterAPreview() {
        String project = ADMIN.newProject("info");
        new Images(project + "/nginx").push("1");
        String user = ADMIN.newUser("writes", Console.PASSWORD);
        ADMIN.addMember(project, user, ProjectRole.DEVELOPER);
        try (Console console = Console.as(user)) {
            console.open("repository-info?name=" + project + "/nginx");
            assertThat(console.page().locator(".empty").innerText()).contains("Nobody has written yet");
            console.button("Edit description").click();
            console.field("Description").fill("# nginx\n\nServes **files**, with [docs](https://example.com).\n\n"
                    + "| tag | for |\n|---|---|\n| 1 | all |\n\n<script>alert(1)</script>\n\n![logo](https://example.com/x.png)");
            console.button("Preview").click();
            console.page().locator(".preview strong").waitFor();
            Looks.check(console, "repository-info-edit");

            console.button("Save description").click();
            console.page().locator(".toast").waitFor();
            assertThat(console.page().locator("article h1").innerText()).isEqualTo("nginx");
            assertThat(console.page().locator("article").innerText()).contains("<script>alert(1)</script>");
            assertThat(console.page().locator("article img, article script").count()).isZero();
            Looks.check(console, "repository-info");

            console.button("Edit description").click();
            console.field("Description").fill("x".repeat(16_001));
            console.button("Save description").click();
            console.page().locator("dialog .problem").waitFor();
            assertThat(console.page().locator("dialog .problem").innerText()).contains("too long");
        }
    }

    @Test
    void shouldLetOthersReadOnly() {
        String project = ADMIN.newProject("reads", Map.of("public", "true"));
        new Images(project + "/nginx").push("1");
        ADMIN.send("PUT", "/projects/" + project + "/repositories/nginx", "{\"description\":\"*For all*\"}");
        try (Console console = Console.anonymous()) {
            console.open("repository?name=" + project + "/nginx");
            console.link("Info").click();

            assertThat(console.page().locator("article em").innerText()).isEqualTo("For all");
            assertThat(console.button("Edit description").count()).isZero();
        }
    }
}
