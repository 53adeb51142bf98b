// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.harboree.it.Product;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("clients")
class CraneClientIT {

    private static ClientHome home;
    private static Workplace work;
    private static OciLayout image;

    @BeforeAll
    static void logIn() {
        home = ClientHome.create("crane");
        work = Workplace.create("crane");
        image = OciLayout.image(Path.of(home.path("image")), 200_000);
        logIn(home, work.user(), work.password());
    }

    @Test
    void shouldRefuseAPushWithoutLogin() {
        ClientHome stranger = ClientHome.create("crane");
        assertThat(stranger.command("crane", "push", image.folder(), work.repository("stranger:1")).fail())
                .containsAnyOf("401 Unauthorized", "UNAUTHORIZED", "DENIED");
    }

    @Test
    void shouldPushAndPullAnImage() {
        push("image:1");
        assertThat(crane("digest", work.repository("image:1"))).isEqualTo(image.digest());
        crane("validate", "--remote", work.repository("image:1"));
        crane("pull", "--format=oci", work.repository("image@" + image.digest()), home.path("pulled"));
        assertThat(Path.of(home.path("pulled/blobs"), image.digest().replace(':', '/'))).exists();
    }

    @Test
    void shouldPushAnIndexOfImages() {
        OciLayout other = OciLayout.image(Path.of(home.path("other")), 50_000);
        push("index:image");
        crane("push", other.folder(), work.repository("index:other"));
        crane("index", "append", "-m", work.repository("index:image"), "-m", work.repository("index:other"), "-t",
                work.repository("index:both"));
        assertThat(crane("manifest", work.repository("index:both"))).contains(image.digest(), other.digest());
        crane("validate", "--remote", work.repository("index:both"));
    }

    @Test
    void shouldListTheTagsOfARepository() {
        push("tags:b");
        crane("tag", work.repository("tags:b"), "a");
        assertThat(crane("ls", work.repository("tags")).lines()).containsExactly("a", "b");
    }

    @Test
    void shouldShowTheCatalogToTheAdministratorOnly() {
        push("listed:1");
        ClientHome admin = ClientHome.create("crane");
        logIn(admin, "admin", Product.running().adminPassword());
        assertThat(admin.command("crane", "catalog", work.registry()).succeed().lines())
                .contains(work.repositoryPath("listed"));
        home.command("crane", "catalog", work.registry()).fail();
    }

    @Test
    void shouldCopyBetweenRepositories() {
        push("source:1");
        crane("copy", work.repository("source:1"), work.repository("deep/er/target:2"));
        assertThat(crane("digest", work.repository("deep/er/target:2"))).isEqualTo(image.digest());
    }

    @Test
    void shouldPushAMutatedImage() {
        push("mutable:1");
        crane("mutate", work.repository("mutable:1"), "--label", "colour=green", "--tag", work.repository("mutable:2"));
        assertThat(crane("config", work.repository("mutable:2"))).contains("\"colour\":\"green\"");
        assertThat(crane("digest", work.repository("mutable:1"))).isEqualTo(image.digest());
    }

    @Test
    void shouldDeleteByDigest() {
        push("deleted:1");
        crane("delete", work.repository("deleted@" + image.digest()));
        assertThat(home.command("crane", "manifest", work.repository("deleted:1")).fail())
                .containsAnyOf("NOT_FOUND", "MANIFEST_UNKNOWN");
    }

    @Test
    void shouldDeleteATagAndKeepTheImage() {
        push("untagged:1");
        push("untagged:2");
        crane("delete", work.repository("untagged:1"));
        assertThat(crane("ls", work.repository("untagged"))).isEqualTo("2");
        assertThat(crane("digest", work.repository("untagged@" + image.digest()))).isEqualTo(image.digest());
    }

    private static void push(String name) {
        crane("push", image.folder(), work.repository(name));
    }

    private static String crane(String... arguments) {
        return home.command("crane", arguments).succeed();
    }

    private static void logIn(ClientHome person, String user, String password) {
        person.command("crane", "auth", "login", work.registry(), "-u", user, "--password-stdin").input(password)
                .succeed();
    }
}
