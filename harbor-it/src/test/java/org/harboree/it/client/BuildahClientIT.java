// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("clients")
class BuildahClientIT {

    private static ClientHome home;
    private static Workplace work;

    @BeforeAll
    static void logIn() {
        home = ClientHome.create("buildah");
        work = Workplace.create("buildah");
        home.command("buildah", "login", "-u", work.user(), "--password-stdin", work.registry())
                .input(work.password()).succeed();
    }

    @AfterAll
    static void forgetImages() {
        buildah("rm", "--all");
        buildah("rmi", "--all", "--force");
    }

    @Test
    void shouldBuildPushAndPullAnImage() {
        bud("image:1");
        String id = id("image:1");
        buildah("push", work.repository("image:1"));
        buildah("rmi", work.repository("image:1"));
        buildah("pull", work.repository("image:1"));
        assertThat(id("image:1")).isEqualTo(id);
    }

    @Test
    void shouldPushDockersManifestFormat() {
        bud("docker:1");
        buildah("push", "--format=v2s2", work.repository("docker:1"), "docker://" + work.repository("docker:2"));
        assertThat(home.command("skopeo", "inspect", "--raw", "docker://" + work.repository("docker:2")).succeed())
                .contains("application/vnd.docker.distribution.manifest.v2+json");
    }

    @Test
    void shouldCommitAContainerMadeFromAPulledImage() {
        bud("base:1");
        buildah("push", work.repository("base:1"));
        buildah("rmi", work.repository("base:1"));
        String container = buildah("from", work.repository("base:1"));
        buildah("config", "--label", "colour=green", container);
        buildah("commit", container, "docker://" + work.repository("derived:1"));
        assertThat(home.command("skopeo", "inspect", "docker://" + work.repository("derived:1")).succeed())
                .contains("\"colour\": \"green\"");
    }

    private static void bud(String name) {
        buildah("bud", "--isolation=chroot", "--tag", work.repository(name),
                BuildContext.write(home, name.replace(':', '-')));
    }

    private static String id(String name) {
        return buildah("images", "--quiet", "--no-trunc", work.repository(name));
    }

    private static String buildah(String... arguments) {
        return home.command("buildah", arguments).succeed();
    }
}
