// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.harboree.it.HarborApi;
import org.harboree.it.Product;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ui")
class SearchUiIT {
    private static final HarborApi ADMIN = Product.running().api();

    @Test
    void shouldFindWhatTheVisitorMaySeeFromAnyPage() {
        String stem = Product.uniqueName("find");
        for (String open : new String[] {"true", "false"}) {
            String project = stem + "-" + (open.equals("true") ? "open" : "closed");
            ADMIN.post("/projects", Map.of("project_name", project, "metadata", Map.of("public", open)));
            new Images(project + "/web/nginx").push("1");
        }
        try (Console nobody = Console.anonymous(); Console admin = Console.admin()) {
            nobody.open("project-list");
            nobody.page().keyboard().press("Control+k");
            nobody.page().keyboard().type(stem.toUpperCase());
            nobody.page().keyboard().press("Enter");
            nobody.page().waitForURL("**/search?q=*");
            assertThat(nobody.page().locator(".found-list a").allInnerTexts())
                    .containsExactly(stem + "-open", stem + "-open/web/nginx");
            Looks.check(nobody, "search");

            admin.open("search?q=" + stem);
            assertThat(admin.page().locator(".found-list a").allInnerTexts()).containsExactly(stem + "-closed",
                    stem + "-open", stem + "-closed/web/nginx", stem + "-open/web/nginx");
            admin.link(stem + "-open/web/nginx").click();
            assertThat(admin.heading()).isEqualTo("web/nginx");
        }
    }

    @Test
    void shouldSayThatNothingWasFound() {
        try (Console console = Console.anonymous()) {
            console.open("search?q=%25_no-such-thing");
            assertThat(console.page().locator(".empty").innerText()).contains("%_no-such-thing");
            Looks.check(console, "search-empty");

            console.open("search");
            assertThat(console.page().locator(".empty").innerText()).contains("Type a part of a name");
        }
    }
}
