// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("clients")
class PodmanClientIT {

    private static ClientHome home;
    private static Workplace work;

    @BeforeAll
    static void logIn() {
        home = ClientHome.create("podman");
        work = Workplace.create("podman");
        login(home, work.password()).succeed();
    }

    @AfterAll
    static void forgetImages() {
        podman("rmi", "--all", "--force");
    }

    @Test
    void shouldRefuseALoginWithAWrongPassword() {
        assertThat(login(ClientHome.create("podman"), "wrong" + work.password()).fail())
                .contains("invalid username/password");
    }

    @Test
    void shouldRefuseAPushWithoutLogin() throws IOException {
        build("stranger:1");
        String nobody = Files.writeString(Path.of(home.path("nobody.json")), "{\"auths\":{}}").toString();
        assertThat(home.command("podman", "push", "--authfile", nobody, work.repository("stranger:1")).fail())
                .containsAnyOf("unauthorized", "denied");
    }

    @Test
    void shouldBuildPushPullAndRunAnImage() throws IOException {
        build("image:1");
        podman("push", "--digestfile", home.path("digest"), work.repository("image:1"));
        String byDigest = work.repository("image@" + Files.readString(Path.of(home.path("digest"))).strip());
        podman("rmi", work.repository("image:1"));
        podman("pull", byDigest);
        // Takes 20 s where the machine's first process does not collect orphans: podman then waits for its monitor.
        assertThat(podman("run", "--rm", "--network=none", byDigest)).isEqualTo(OciLayout.MESSAGE);
        podman("rmi", byDigest);
        podman("pull", work.repository("image:1"));
        assertThat(podman("image", "inspect", work.repository("image:1"))).contains("black-box test");
    }

    @Test
    void shouldPushInBothManifestFormats() {
        build("formats:oci");
        podman("push", "--format=oci", work.repository("formats:oci"));
        podman("push", "--format=v2s2", work.repository("formats:oci"), work.repository("formats:docker"));
        assertThat(raw("formats:oci")).contains("application/vnd.oci.image.config.v1+json");
        assertThat(raw("formats:docker")).contains("application/vnd.docker.container.image.v1+json");
    }

    @Test
    void shouldPushAManifestListWithItsImages() {
        build("list:one");
        String list = work.repository("list:all");
        podman("manifest", "create", list);
        podman("manifest", "add", list, "containers-storage:" + work.repository("list:one"));
        podman("manifest", "push", "--all", list, "docker://" + list);
        podman("manifest", "rm", list);
        assertThat(raw("list:all")).contains("application/vnd.oci.image.index.v1+json");
        podman("pull", list);
        assertThat(podman("image", "inspect", list)).contains("black-box test");
    }

    @Test
    void shouldListTheTagsOfARepository() {
        build("tags:1");
        podman("push", work.repository("tags:1"));
        podman("push", work.repository("tags:1"), work.repository("tags:2"));
        assertThat(podman("search", "--list-tags", "--format={{.Tag}}", work.repository("tags")))
                .containsPattern("\\b1\\s").containsPattern("\\b2$");
    }

    private static void build(String name) {
        podman("build", "--tag", work.repository(name), BuildContext.write(home, name.replace(':', '-')));
    }

    private static String raw(String name) {
        return home.command("skopeo", "inspect", "--raw", "docker://" + work.repository(name)).succeed();
    }

    private static String podman(String... arguments) {
        return home.command("podman", arguments).succeed();
    }

    private static Command login(ClientHome person, String password) {
        return person.command("podman", "login", "-u", work.user(), "--password-stdin", work.registry())
                .input(password);
    }
}
