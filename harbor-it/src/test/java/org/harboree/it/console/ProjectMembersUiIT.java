// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.WaitForSelectorState;
import org.harboree.it.HarborApi;
import org.harboree.it.Product;
import org.harboree.it.ProjectRole;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ui")
class ProjectMembersUiIT {
    private static final HarborApi ADMIN = Product.running().api();

    @Test
    void shouldLookRight() {
        String project = ADMIN.newProject("team");
        for (ProjectRole role : ProjectRole.values()) {
            ADMIN.addMember(project, ADMIN.newUser("member", Console.PASSWORD), role);
        }
        try (Console console = Console.admin()) {
            console.open("project?name=" + project);
            console.link("Members").click();

            assertThat(console.page().locator("table").innerText())
                    .contains("Maintainer", "Pushes and pulls images and adds tags; deletes nothing.");
            Looks.check(console, "project-members");
            console.open("project-members?name=" + project + "&filter=nobody-is-called-so");
            assertThat(console.page().locator(".empty").innerText()).contains("Nothing here is called");
        }
    }

    @Test
    void shouldAddAUserByNameWithARole() {
        String project = ADMIN.newProject("open-team");
        String user = ADMIN.newUser("joining", Console.PASSWORD);
        try (Console console = Console.admin()) {
            console.open("project-members?name=" + project);
            console.button("Add member").first().click();
            add(console, "nobody-is-called-so");
            assertThat(console.page().locator("#new-member .problem").innerText()).contains("no user of that name");
            assertThat(console.page().locator("#new-member").getByLabel("Developer").isChecked()).isTrue();
            Looks.check(console, "project-member-new");
            console.page().locator("#new-member").getByLabel("User name").fill(user.substring(0, user.length() - 2));
            console.page().locator("#user-names option[value=" + user + "]").waitFor(
                    new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
            add(console, user);
            assertThat(console.page().locator(".toast").innerText()).contains(user + " is a member now");
            assertThat(roleOf(project, user)).isEqualTo(2);

            console.button("Add member").first().click();
            add(console, user);
            assertThat(console.page().locator("#new-member .problem").innerText()).contains("member already");
        }
    }

    @Test
    void shouldChangeARole() {
        String project = ADMIN.newProject("changing-team");
        String user = ADMIN.newUser("rising", Console.PASSWORD);
        ADMIN.addMember(project, user, ProjectRole.GUEST);
        try (Console console = Console.admin()) {
            console.open("project-members?name=" + project);
            console.link("Change the role of " + user).click();
            Locator dialog = console.page().locator("#change-role");
            assertThat(dialog.locator("input[value=GUEST]").isChecked()).isTrue();
            dialog.locator("input[value=MAINTAINER]").check();
            Looks.check(console, "project-member-role");
            console.button("Change role").click();
            console.page().locator(".toast").waitFor();

            assertThat(console.page().locator(".toast").innerText()).contains(user + " has another role now");
            assertThat(roleOf(project, user)).isEqualTo(4);
        }
    }

    @Test
    void shouldSayWhatRemovingMeansAndWarnWhoRemovesThemselves() {
        String project = ADMIN.newProject("shrinking-team");
        String owner = ADMIN.newUser("owner", Console.PASSWORD);
        String user = ADMIN.newUser("leaving", Console.PASSWORD);
        ADMIN.addMember(project, owner, ProjectRole.PROJECT_ADMIN);
        ADMIN.addMember(project, user, ProjectRole.DEVELOPER);
        try (Console console = Console.as(owner)) {
            console.open("project-members?name=" + project);
            console.link("Remove " + user).click();
            assertThat(console.page().locator("#remove").innerText()).contains("cannot see, pull or push");
            Looks.check(console, "project-member-remove");
            console.button("Remove member").click();
            console.page().locator(".toast").waitFor();
            assertThat(Product.running().apiAs(user, Console.PASSWORD).send("GET", "/projects/" + project, "")
                    .statusCode()).isEqualTo(403);

            console.link("Remove " + owner).click();
            assertThat(console.page().locator("#remove").innerText()).contains("This is you");
            console.button("Remove member").click();
            console.page().waitForURL("**/project-list");
            assertThat(console.page().locator(".toast").innerText()).contains(owner + " is not a member any more");
        }
    }

    @Test
    void shouldOfferEachRoleOnlyWhatItMay() {
        String project = ADMIN.newProject("mixed-team");
        String guest = ADMIN.newUser("guest", Console.PASSWORD);
        String limited = ADMIN.newUser("limited", Console.PASSWORD);
        ADMIN.addMember(project, guest, ProjectRole.GUEST);
        ADMIN.addMember(project, limited, ProjectRole.LIMITED_GUEST);
        try (Console theirs = Console.as(guest); Console least = Console.as(limited)) {
            theirs.open("project-members?name=" + project);
            assertThat(theirs.rows()).contains(guest, limited);
            assertThat(theirs.button("Add member").count()).isZero();
            assertThat(theirs.page().locator(".row-actions a").count()).isZero();

            least.open("project?name=" + project);
            assertThat(least.link("Members").count()).isZero();
            assertThat(least.open("project-members?name=" + project)).isEqualTo(403);
        }
    }

    private static void add(Console console, String user) {
        Locator dialog = console.page().locator("#new-member");
        dialog.getByLabel("User name").fill(user);
        dialog.getByLabel("Developer").check();
        dialog.locator(".problem").evaluateAll("shown => shown.forEach(one => one.remove())");
        console.page().locator(".toast").evaluateAll("shown => shown.forEach(one => one.remove())");
        dialog.locator(".ui-button").click();
        console.page().locator("#new-member .problem, .toast").waitFor();
    }

    private static int roleOf(String project, String user) {
        return ADMIN.get("/projects/" + project + "/members?entityname=" + user).path(0).path("role_id").asInt();
    }
}
