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
class RepositoryUiIT {
    private static final HarborApi ADMIN = Product.running().api();

    @Test
    void shouldShowWhatThereIsToPull() {
        String repository = ADMIN.newProject("pull", Map.of("public", "true")) + "/web/nginx";
        Images images = new Images(repository);
        List<Images.Step> base = List.of(new Images.Step("ADD rootfs", 900_000), new Images.Step("ENV A=b", 0));
        images.push("1.26", "amd64", base, Map.of());
        images.pushChart("chart-1.0.0");
        String arm = images.push("", "arm64", base, Map.of());
        String amd = images.push("", "amd64", List.of(new Images.Step("RUN make", 300_000)), Map.of());
        String index = images.pushIndex("1.27", amd, arm);
        images.pushReferrer(index, "application/vnd.cncf.notary.signature");
        try (Console console = Console.anonymous()) {
            console.open("project-repositories?name=" + repository.substring(0, repository.indexOf('/')));
            console.link("web/nginx").click();

            assertThat(console.heading()).isEqualTo("web/nginx");
            assertThat(tags(console)).containsExactly("1.27", "chart-1.0.0", "1.26");
            assertThat(console.page().locator("tbody tr").first().innerText()).contains("linux/amd64")
                    .contains("linux/arm64").contains(index.substring(0, 15));
            assertThat(console.page().locator("tbody tr").nth(1).innerText()).contains("CHART");
            assertThat(console.page().locator("thead").innerText()).contains("Pulls");
            assertThat(console.page().locator(".facts").innerText()).contains("Public").contains("3 artifacts");
            assertThat(console.page().locator("#delete-repository, #delete-selected").count()).isZero();
            Looks.check(console, "repository");
        }
    }

    @Test
    void shouldShowWhatSkopeoPushesWithoutAReload() throws Exception {
        String repository = ADMIN.newProject("live") + "/app";
        new Images(repository).push("1.0");
        String image = "docker://" + Product.running().registry() + "/" + repository;
        String who = "admin:" + Product.running().adminPassword();
        try (Console console = Console.admin()) {
            console.open("repository?name=" + repository);
            console.page().evaluate("() => { window.stillHere = true; }");

            Process skopeo = new ProcessBuilder("skopeo", "copy", "--src-tls-verify=false", "--dest-tls-verify=false",
                    "--src-creds", who, "--dest-creds", who, image + ":1.0", image + ":2.0").inheritIO().start();
            assertThat(skopeo.waitFor()).isZero();
            console.page().locator("tbody .chip").getByText("2.0").waitFor();

            assertThat(console.page().evaluate("() => window.stillHere")).isEqualTo(true);
            new Images(repository).push("3.0");
            console.page().locator("tbody .chip").getByText("3.0").waitFor();
            assertThat(console.page().locator(".facts").innerText()).contains("2 artifacts");
        }
    }

    @Test
    void shouldTellNoStrangerWhetherSomethingWasPushed() {
        String project = ADMIN.newProject("quiet");
        new Images(project + "/app").push("1.0");
        try (Console nobody = Console.anonymous(); Console admin = Console.admin()) {
            assertThat(live(nobody, project)).isEqualTo(401);
            assertThat(live(nobody, project + "/app")).isEqualTo(401);
            assertThat(live(admin, project + "/other")).isEqualTo(404);
            assertThat(live(admin, project + "/app")).isEqualTo(200);
        }
    }

    @Test
    void shouldFilterByTagAndDigestAndHideWhatHasNoTag() {
        String repository = ADMIN.newProject("filter") + "/app";
        Images images = new Images(repository);
        images.push("1.0");
        images.push("2.0");
        String untagged = images.push("");
        try (Console console = Console.admin()) {
            console.open("repository?name=" + repository);
            assertThat(tags(console)).containsExactly("untagged", "2.0", "1.0");

            console.link("Tagged").click();
            assertThat(tags(console)).containsExactly("2.0", "1.0");
            console.link("Untagged").click();
            assertThat(tags(console)).containsExactly("untagged");
            console.open("repository?name=" + repository + "&filter=2.");
            assertThat(tags(console)).containsExactly("2.0");
            console.open("repository?name=" + repository + "&filter=" + untagged.substring(0, 20));
            assertThat(tags(console)).containsExactly("untagged");

            console.filter().fill("nothing-like-this");
            console.filter().press("Enter");
            console.page().locator(".empty").waitFor();
            Looks.check(console, "repository-no-match");
            console.link("Show all").click();
            assertThat(tags(console)).hasSize(3);

            console.link("Size").click();
            assertThat(console.page().url()).contains("sort=size");
        }
    }

    @Test
    void shouldSayWhatDeletingWouldDoAndDoIt() {
        String project = ADMIN.newProject("delete");
        String repository = project + "/app";
        Images images = new Images(repository);
        List<Images.Step> base = List.of(new Images.Step("ADD base", 2_000_000));
        images.push("kept", "amd64", base, Map.of());
        String both = images.push("1", "amd64", base, Map.of("Labels", Map.of("n", "1")));
        String child = images.push("", "arm64", List.of(new Images.Step("ADD arm", 1_000_000)), Map.of());
        String index = images.pushIndex("multi", child);
        String user = ADMIN.newUser("maintains", Console.PASSWORD);
        ADMIN.addMember(project, user, ProjectRole.MAINTAINER);
        try (Console console = Console.as(user)) {
            console.open("repository?name=" + repository);
            tick(console, both);
            tick(console, index);
            assertThat(console.page().locator(".selection").innerText()).contains("2 selected");
            console.button("Delete").click();
            console.page().locator("#artifact-deletion .plan").waitFor();
            assertThat(console.page().locator("#artifact-deletion .plan").innerText())
                    .contains("Deletes 3 artifacts: 2 tags, 2.9 MiB").contains("Of that,").contains("used by nothing else");
            Looks.check(console, "repository-delete");

            console.button("Delete 3 artifacts").click();
            console.page().locator(".toast").waitFor();
            assertThat(tags(console)).containsExactly("kept");
            assertThat(ADMIN.send("GET", "/projects/" + project + "/repositories/app/artifacts/" + child, "").statusCode())
                    .isEqualTo(404);

            console.button("Delete repository").click();
            console.page().locator("#repository-deletion .plan").waitFor();
            assertThat(console.page().locator("#repository-deletion .plan").innerText())
                    .contains("Deletes 1 artifact: 1 tag, 1.9 MiB");
            console.page().locator("#repository-deletion").getByRole(AriaRole.BUTTON,
                    new Locator.GetByRoleOptions().setName("Delete repository")).click();
            console.page().waitForURL(address -> address.contains("/project-repositories"));
            assertThat(ADMIN.send("GET", "/projects/" + project + "/repositories/app", "").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void shouldNotOfferToDeleteWhatAnIndexNeeds() {
        String repository = ADMIN.newProject("needed") + "/app";
        Images images = new Images(repository);
        String child = images.push("part");
        images.pushIndex("whole", child);
        try (Console console = Console.admin()) {
            console.open("repository?name=" + repository);
            tick(console, child);
            console.button("Delete").click();
            console.page().locator("#artifact-deletion .plan").waitFor();

            assertThat(console.page().locator("#artifact-deletion").innerText())
                    .contains("1 of them is part of an index that stays");
            assertThat(console.button("Delete nothing").isDisabled()).isTrue();
        }
    }

    @Test
    void shouldShowAndRefuseByRole() {
        String project = ADMIN.newProject("roles");
        new Images(project + "/app").push("1");
        String guest = ADMIN.newUser("guest", Console.PASSWORD);
        ADMIN.addMember(project, guest, ProjectRole.GUEST);
        try (Console member = Console.as(guest); Console stranger = Console.as(ADMIN.newUser("out", Console.PASSWORD));
                Console admin = Console.admin()) {
            member.open("repository?name=" + project + "/app");
            assertThat(tags(member)).containsExactly("1");
            assertThat(member.button("Delete repository").count()).isZero();
            assertThat(stranger.open("repository?name=" + project + "/app")).isEqualTo(403);
            assertThat(admin.open("repository?name=" + project + "/nothing")).isEqualTo(404);
            assertThat(admin.open("repository?name=nonsense")).isEqualTo(404);
        }
    }

    private static int live(Console console, String name) {
        return console.page().request().get("/harbor/live?name=" + name).status();
    }

    private static void tick(Console console, String digest) {
        console.page().locator("input[name=selected][value='" + digest + "']").check();
    }

    private static List<String> tags(Console console) {
        return console.page().locator("tbody td:nth-child(2)").allInnerTexts();
    }
}
