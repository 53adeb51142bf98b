// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import org.harboree.it.HarborApi;
import org.harboree.it.Product;
import org.harboree.it.ProjectRole;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ui")
class ArtifactUiIT {
    private static final HarborApi ADMIN = Product.running().api();
    private static final List<Images.Step> STEPS = List.of(
            new Images.Step("/bin/sh -c #(nop) ADD file:rootfs in / ", 1_400_000),
            new Images.Step("ENV PATH=/usr/bin NGINX_VERSION=1.27.3", 0),
            new Images.Step("RUN /bin/sh -c apt-get update && apt-get install -y nginx # buildkit", 700_000),
            new Images.Step("COPY conf /etc/nginx # buildkit", 90_000),
            new Images.Step("COPY site /srv # buildkit", 260_000),
            new Images.Step("EXPOSE 80/tcp", 0), new Images.Step("CMD [\"nginx\"]", 0));
    private static final Map<String, ?> CONFIG = Map.of("Env", List.of("PATH=/usr/bin", "NGINX_VERSION=1.27.3"),
            "Entrypoint", List.of("/docker-entrypoint.sh"), "Cmd", List.of("nginx", "-g", "daemon off;"),
            "ExposedPorts", Map.of("80/tcp", Map.of()), "WorkingDir", "/srv",
            "Labels", Map.of("org.opencontainers.image.source", "https://example.com/nginx"));

    @Test
    void shouldShowHowToPullAndRememberTheTool() {
        String repository = ADMIN.newProject("facts", Map.of("public", "true")) + "/nginx";
        Images images = new Images(repository);
        images.push("1.27", "amd64", STEPS, CONFIG);
        images.push("1.28");
        String name = Product.running().registry() + "/" + repository;
        try (Console console = Console.anonymous()) {
            console.open("repository?name=" + repository);
            console.link("1.27").click();

            assertThat(console.heading()).isEqualTo("nginx:1.27");
            assertThat(command(console)).isEqualTo("docker pull " + name + ":1.27");
            assertThat(console.page().locator(".fact-list").innerText()).contains("A. Builder").contains("IMAGE");
            assertThat(console.page().locator(".tag-list").innerText()).contains("1.27");
            assertThat(console.page().locator("dialog").count()).isZero();
            Looks.check(console, "artifact");

            console.button("podman").click();
            assertThat(command(console)).contains("podman pull").endsWith(name + ":1.27");
            console.open("artifact?name=" + repository + "&reference=1.28");
            assertThat(command(console)).contains("podman pull").endsWith(name + ":1.28");
        }
    }

    @Test
    void shouldShowLayersBesideTheStepsThatMadeThem() {
        String repository = ADMIN.newProject("layers") + "/nginx";
        Images images = new Images(repository);
        images.push("1", "amd64", STEPS, CONFIG);
        images.push("2", "amd64", STEPS.subList(0, 3), CONFIG);
        try (Console console = Console.admin()) {
            console.open("artifact?name=" + repository + "&reference=1");
            console.link("Layers").click();

            assertThat(console.page().locator(".treemap g").count()).isEqualTo(4);
            assertThat(console.page().locator(".build-steps li").count()).isEqualTo(7);
            assertThat(console.page().locator(".build-steps li").nth(2).innerText())
                    .contains("RUN apt-get update && apt-get install -y nginx").contains("KiB");
            assertThat(console.page().locator(".build-steps li").nth(5).innerText()).contains("no layer");
            assertThat(console.page().locator(".treemap .shade-1").count()).isEqualTo(2);

            console.page().locator(".treemap g").first().hover();
            assertThat(console.page().locator(".build-steps li.lit").innerText()).contains("ADD file:rootfs in /");
            console.page().locator(".build-steps li").nth(3).hover();
            assertThat(console.page().locator(".treemap g.lit").count()).isEqualTo(1);

            console.page().locator("summary").click();
            assertThat(console.page().locator("details tbody tr").count()).isEqualTo(4);
            Looks.check(console, "artifact-layers");
        }
    }

    @Test
    void shouldShowConfigAndReferrers() {
        String repository = ADMIN.newProject("config") + "/nginx";
        Images images = new Images(repository);
        String image = images.push("1", "amd64", STEPS, CONFIG);
        String signature = images.pushReferrer(image, "application/vnd.cncf.notary.signature");
        try (Console console = Console.admin()) {
            console.open("artifact?name=" + repository + "&reference=1&tab=config");
            assertThat(console.page().locator(".column-main").innerText()).contains("nginx -g 'daemon off;'")
                    .contains("80/tcp").contains("NGINX_VERSION").contains("org.opencontainers.image.source");
            Looks.check(console, "artifact-config");

            console.link("Referrers").click();
            assertThat(console.rows()).containsExactly("signature.notation");
            Looks.check(console, "artifact-referrers");
            console.page().locator("tbody a").click();
            assertThat(console.page().url()).contains(signature.substring(7));
            console.link("Referrers").click();
            assertThat(console.page().locator(".empty").innerText()).contains("Nothing refers to this artifact");
        }
    }

    @Test
    void shouldShowThePlatformsOfAnIndex() {
        String repository = ADMIN.newProject("index") + "/nginx";
        Images images = new Images(repository);
        String amd = images.push("", "amd64", STEPS, CONFIG);
        String arm = images.push("", "arm64", STEPS.subList(0, 3), CONFIG);
        images.pushIndex("1", amd, arm);
        try (Console console = Console.admin()) {
            console.open("artifact?name=" + repository + "&reference=1");

            assertThat(console.page().locator(".platform-cards li").allInnerTexts()).hasSize(2)
                    .anyMatch(card -> card.contains("linux/arm64") && card.contains("MiB"));
            assertThat(console.link("Layers").count()).isZero();
            Looks.check(console, "artifact-index");
            console.link("linux/arm64").click();
            assertThat(console.page().url()).contains(arm.substring(7));
            assertThat(console.link("Layers").count()).isEqualTo(1);
        }
    }

    @Test
    void shouldAddAndRemoveTags() {
        String project = ADMIN.newProject("retag");
        Images images = new Images(project + "/app");
        images.push("1");
        images.push("taken");
        String user = ADMIN.newUser("retags", Console.PASSWORD);
        ADMIN.addMember(project, user, ProjectRole.MAINTAINER);
        try (Console console = Console.as(user)) {
            console.open("artifact?name=" + project + "/app&reference=1");
            console.button("Add tag").click();
            console.field("Tag").fill("taken");
            console.page().locator("#add-tag").getByRole(AriaRole.BUTTON,
                    new Locator.GetByRoleOptions().setName("Add tag")).click();
            console.page().locator("#add-tag .problem").waitFor();
            assertThat(console.page().locator("#add-tag .problem").innerText()).contains("already exists");
            console.field("Tag").fill("stable");
            console.page().locator("#add-tag").getByRole(AriaRole.BUTTON,
                    new Locator.GetByRoleOptions().setName("Add tag")).click();
            console.page().locator(".toast").waitFor();
            assertThat(console.page().locator(".tag-list .chip").allInnerTexts())
                    .containsExactlyInAnyOrder("stable", "1");

            console.button("Remove the tag 1").click();
            assertThat(console.page().locator("#remove-tag").innerText()).contains("The artifact stays");
            Looks.check(console, "artifact-untag");
            console.page().locator("#remove-tag").getByRole(AriaRole.BUTTON,
                    new Locator.GetByRoleOptions().setName("Remove tag")).click();
            console.page().getByText("The tag 1 is gone.").waitFor();
            assertThat(console.page().locator(".tag-list .chip").allInnerTexts()).containsExactly("stable");
            assertThat(ADMIN.get("/projects/" + project + "/repositories/app/artifacts/stable/tags").size())
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldDeleteAndSayBeforehandWhat() {
        String repository = ADMIN.newProject("remove") + "/app";
        Images images = new Images(repository);
        images.push("kept");
        String image = images.push("1", "amd64", STEPS, CONFIG);
        images.pushReferrer(image, "application/vnd.cncf.notary.signature");
        try (Console console = Console.admin()) {
            console.open("artifact?name=" + repository + "&reference=1");
            console.button("Delete artifact").click();
            console.page().locator("#artifact-deletion .plan").waitFor();
            assertThat(console.page().locator(".plan").innerText()).contains("Deletes 2 artifacts: 1 tag, 2.3 MiB");
            console.button("Delete 2 artifacts").click();
            console.page().locator(".toast").waitFor();

            assertThat(console.page().url()).contains("/repository?");
            assertThat(console.page().locator("tbody td:nth-child(2)").allInnerTexts()).containsExactly("kept");
        }
    }

    @Test
    void shouldSpeakEachLanguage() {
        String project = ADMIN.newProject("languages", Map.of("public", "true"));
        new Images(project + "/nginx").push("1.27", "amd64", STEPS, CONFIG);
        for (Map.Entry<String, String> language : Map.of("de", "Schichten", "zh", "层").entrySet()) {
            try (Console console = Console.anonymous(language.getKey())) {
                console.open("artifact?name=" + project + "/nginx&reference=1.27&tab=layers");
                assertThat(console.page().locator(".tabs a[aria-current=page]").innerText())
                        .isEqualTo(language.getValue());
                Looks.keep(console, "artifact-layers-" + language.getKey());
                console.open("project?name=" + project);
                assertThat(console.rows()).containsExactly("nginx");
                Looks.keep(console, "project-" + language.getKey());
            }
        }
    }

    @Test
    void shouldRefuseWhatIsNotThereAndWhoMayNotSee() {
        String project = ADMIN.newProject("unseen");
        new Images(project + "/app").push("1");
        try (Console admin = Console.admin();
                Console stranger = Console.as(ADMIN.newUser("outside", Console.PASSWORD))) {
            assertThat(admin.open("artifact?name=" + project + "/app&reference=2")).isEqualTo(404);
            assertThat(admin.open("artifact?name=" + project + "/app")).isEqualTo(404);
            assertThat(stranger.open("artifact?name=" + project + "/app&reference=1")).isEqualTo(403);
        }
    }

    private static String command(Console console) {
        return console.page().locator(".commands:visible code").innerText();
    }
}
