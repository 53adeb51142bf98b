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
class CompareUiIT {
    private static final HarborApi ADMIN = Product.running().api();
    private static final Images.Step BASE = new Images.Step("ADD base", 1_500_000);

    @Test
    void shouldTellWhatIsKeptAddedAndDropped() {
        String repository = ADMIN.newProject("compare") + "/app";
        Images images = new Images(repository);
        images.push("1", "amd64", List.of(BASE, new Images.Step("COPY one", 200_000)),
                Map.of("Env", List.of("VERSION=1", "SAME=x"), "Labels", Map.of("build", "17")));
        images.push("2", "amd64", List.of(BASE, new Images.Step("COPY two", 500_000)),
                Map.of("Env", List.of("VERSION=2", "SAME=x"), "ExposedPorts", Map.of("80/tcp", Map.of())));
        try (Console console = Console.admin()) {
            console.open("repository?name=" + repository);
            console.page().locator("input[name=selected]").nth(0).check();
            assertThat(console.link("Compare").isVisible()).isFalse();
            console.page().locator("input[name=selected]").nth(1).check();
            console.link("Compare").click();

            assertThat(console.rows()).containsSubsequence("Kept", "Dropped", "Added");
            assertThat(console.page().locator(".tile").first().innerText()).containsPattern("(489|490) KiB");
            assertThat(console.page().locator(".differences").innerText()).contains("VERSION").contains("80/tcp")
                    .contains("build").doesNotContain("SAME");
            Looks.check(console, "compare");
        }
    }

    @Test
    void shouldCompareTheImagesOfAPlatformOfTwoIndexes() {
        String repository = ADMIN.newProject("platforms") + "/app";
        Images images = new Images(repository);
        for (String version : List.of("1", "2")) {
            images.pushIndex(version,
                    images.push("", "amd64", List.of(BASE, new Images.Step("COPY amd " + version, 1000)), Map.of()),
                    images.push("", "arm64", List.of(BASE, new Images.Step("COPY arm " + version, 400_000)), Map.of()));
        }
        try (Console console = Console.admin()) {
            console.open("compare?a=" + repository + ":1&b=" + repository + ":2");
            assertThat(console.page().locator(".tile").first().innerText()).doesNotContain("392 KiB");

            console.field("Platform").selectOption("linux/arm64");
            console.page().waitForURL("**platform=linux*");
            assertThat(console.page().locator(".tile").first().innerText()).contains("392 KiB");
        }
    }

    @Test
    void shouldAskForTheOtherOneAndFindTheSameTheSame() {
        String repository = ADMIN.newProject("same") + "/app";
        new Images(repository).push("1");
        try (Console console = Console.admin()) {
            console.open("artifact?name=" + repository + "&reference=1");
            console.link("Compare").click();
            assertThat(console.page().locator(".tile").count()).isZero();
            Looks.check(console, "compare-empty");

            console.field("To").fill(repository + ":1");
            console.button("Compare").click();
            console.page().locator(".tile").first().waitFor();
            assertThat(console.page().locator(".tile").first().innerText()).contains("0 B");
            assertThat(console.page().locator("main").innerText()).contains("They are configured the same");
        }
    }

    @Test
    void shouldRefuseWhatNamesNothingAndWhatMayNotBeSeen() {
        String repository = ADMIN.newProject("hidden") + "/app";
        new Images(repository).push("1");
        try (Console admin = Console.admin(); Console stranger = Console.as(ADMIN.newUser("no", Console.PASSWORD))) {
            assertThat(admin.open("compare?a=nonsense&b=" + repository + ":1")).isEqualTo(400);
            assertThat(admin.open("compare?a=" + repository + ":9&b=" + repository + ":1")).isEqualTo(404);
            assertThat(stranger.open("compare?a=" + repository + ":1&b=" + repository + ":1")).isEqualTo(403);
        }
    }
}
