// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.harboree.it.HarborApi;
import org.harboree.it.Product;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Harbor's own command line, unchanged. Its client is generated from Harbor's description of the API, so that it takes
 * no status and no type that stands not there.
 */
@Tag("clients")
@Tag("harbor-cli")
class HarborCliIT {
    private static final String PASSWORD = "Client12345";

    private static ClientHome home;
    private static HarborApi api;

    @BeforeAll
    static void logIn() {
        api = Product.running().api();
        home = home();
        home.command("harbor", "login", Product.running().url().toString(), "-u", "admin", "-p",
                Product.running().adminPassword(), "-n", "it").succeed();
    }

    private static ClientHome home() {
        ClientHome home = ClientHome.create("harbor-cli");
        home.set("XDG_CONFIG_HOME", home.path("config"));
        home.set("XDG_DATA_HOME", home.path("data"));
        return home;
    }

    private static String harbor(String... arguments) {
        return home.command("harbor", arguments).succeed();
    }

    private static int status(String path) {
        return api.send("GET", path, "").statusCode();
    }

    @Test
    void shouldRefuseALoginWithAWrongPassword() {
        assertThat(home().command("harbor", "login", Product.running().url().toString(), "-u", "admin", "-p", "wrong",
                "-n", "it").fail()).contains("login failed");
    }

    @Test
    void shouldTellHealthAndVersion() {
        assertThat(harbor("health", "-o", "json")).contains("\"healthy\"").contains("\"database\"");
        assertThat(harbor("info", "-o", "json")).contains("v2.16.0");
    }

    @Test
    void shouldMakeListShowAndDeleteAProject() {
        String project = Product.uniqueName("cli");
        assertThat(harbor("project", "create", project, "--public", "--storage-limit", "-1"))
                .contains("created successfully");
        assertThat(harbor("project", "list", "-o", "json")).contains('"' + project + '"');
        assertThat(harbor("project", "list", "--match", "name=" + project, "-o", "json")).contains(project);
        assertThat(harbor("project", "view", project, "-o", "json")).contains("\"public\": \"true\"");
        assertThat(harbor("project", "summary", project, "-o", "json")).contains("repo_count");
        harbor("project", "delete", project);
        assertThat(status("/projects/" + project)).isEqualTo(404);
    }

    @Test
    void shouldAddListAndRemoveMembers() {
        String project = api.newProject("cli");
        String person = api.newUser("cli", PASSWORD);
        // it counts roles from 0 and sends 3, which is a guest
        harbor("project", "member", "create", project, "--username", person, "--roleid", "2");
        assertThat(api.get("/projects/" + project + "/members?entityname=" + person).at("/0/role_name").asText())
                .isEqualTo("guest");
        assertThat(harbor("project", "member", "list", project, "-o", "json")).contains('"' + person + '"');
        harbor("project", "member", "delete", project, "--username", person);
        assertThat(api.get("/projects/" + project + "/members?entityname=" + person)).isEmpty();
    }

    @Test
    void shouldMakeListAndDeleteUsers() {
        String person = Product.uniqueName("cli");
        harbor("user", "create", "--username", person, "--password", PASSWORD, "--realname", "Some body", "--email",
                person + "@example.com", "--comment", "by a test");
        assertThat(harbor("user", "list", "-q", "username=" + person, "-o", "json")).contains(person + "@example.com");
        harbor("user", "delete", person);
        assertThat(api.get("/users?q=username%3D" + person)).isEmpty();
    }

    @Test
    void shouldListShowTagAndDeleteWhatWasPushed() {
        Workplace work = Workplace.create("cli");
        OciLayout image = OciLayout.image(Path.of(home.path("image")), 10_000);
        home.command("skopeo", "copy", "--dest-tls-verify=false", "--dest-creds=" + work.credentials(),
                image.reference(), "docker://" + work.repository("a/b:1")).succeed();
        String repository = work.repositoryPath("a/b");
        assertThat(harbor("repo", "list", work.project(), "-o", "json")).contains(repository);
        assertThat(harbor("repo", "view", repository, "-o", "json")).contains("\"artifact_count\": 1");
        assertThat(harbor("artifact", "list", repository, "-o", "json")).contains(image.digest());
        assertThat(harbor("artifact", "view", repository + ":1", "-o", "json")).contains(image.digest());
        harbor("artifact", "tags", "create", repository + ":1", "two");
        assertThat(harbor("artifact", "tags", "list", repository + "@" + image.digest(), "-o", "json"))
                .contains("\"two\"").contains("\"1\"");
        harbor("artifact", "tags", "delete", repository + ":1", "two");
        assertThat(harbor("artifact", "tags", "list", repository + ":1", "-o", "json")).doesNotContain("\"two\"");
        harbor("artifact", "delete", repository + "@" + image.digest());
        assertThat(status("/projects/" + work.project() + "/repositories/a%252Fb/artifacts/1")).isEqualTo(404);
        harbor("repo", "delete", repository);
        assertThat(status("/projects/" + work.project() + "/repositories/a%252Fb")).isEqualTo(404);
    }
}
