// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("clients")
class RegctlClientIT {

    private static final String REPORT = "application/vnd.example.report";

    private static ClientHome home;
    private static Workplace work;
    private static OciLayout image;

    @BeforeAll
    static void logIn() {
        home = ClientHome.create("regctl");
        work = Workplace.create("regctl");
        image = OciLayout.image(Path.of(home.path("image")), 200_000);
        regctl("registry", "set", "--skip-check", "--tls", "disabled", work.registry());
        home.command("regctl", "registry", "login", "-u", work.user(), "--pass-stdin", work.registry())
                .input(work.password()).succeed();
    }

    @Test
    void shouldRefuseALoginWithAWrongPassword() {
        ClientHome stranger = ClientHome.create("regctl");
        stranger.command("regctl", "registry", "set", "--skip-check", "--tls", "disabled", work.registry()).succeed();
        assertThat(stranger.command("regctl", "registry", "login", "-u", work.user(), "--pass-stdin", work.registry())
                .input("wrong" + work.password()).fail()).containsIgnoringCase("unauthorized");
    }

    @Test
    void shouldCopyAnImageInAndOut() {
        push("image:1");
        assertThat(regctl("image", "digest", work.repository("image:1"))).isEqualTo(image.digest());
        regctl("image", "copy", work.repository("image:1"), "ocidir://" + home.path("pulled") + ":1");
        assertThat(Path.of(home.path("pulled/blobs"), image.digest().replace(':', '/'))).exists();
        assertThat(regctl("image", "inspect", work.repository("image:1"))).contains("busybox");
    }

    @Test
    void shouldCopyAnIndexBetweenRepositories() {
        OciLayout index = OciLayout.index(Path.of(home.path("index")), 50_000);
        regctl("image", "copy", "ocidir://" + index.folderAndTag(), work.repository("index:1"));
        regctl("image", "copy", work.repository("index:1"), work.repository("index-copy:1"));
        assertThat(regctl("manifest", "head", work.repository("index-copy:1"))).isEqualTo(index.digest());
        assertThat(regctl("manifest", "get", "--platform", "linux/arm64", work.repository("index-copy:1")))
                .contains("MediaType");
    }

    @Test
    void shouldListReferrersAndCopyThemWithTheirSubject() {
        push("subject:1");
        home.command("regctl", "artifact", "put", "--artifact-type", REPORT, "--subject", work.repository("subject:1"))
                .input("{}").succeed();
        assertThat(regctl("artifact", "list", work.repository("subject:1"))).contains(REPORT);
        regctl("image", "copy", "--referrers", work.repository("subject:1"), work.repository("subject-copy:1"));
        assertThat(regctl("artifact", "tree", work.repository("subject-copy:1"))).contains(REPORT);
    }

    @Test
    void shouldListAndDeleteTags() {
        push("tags:1");
        push("tags:2");
        regctl("tag", "delete", work.repository("tags:1"));
        assertThat(regctl("tag", "ls", work.repository("tags"))).isEqualTo("2");
        assertThat(regctl("manifest", "head", work.repository("tags@" + image.digest()))).isEqualTo(image.digest());
    }

    @Test
    void shouldPutAndGetABlob() {
        push("blobs:1");
        String digest = home.command("regctl", "blob", "put", work.repository("blobs")).input("some bytes").succeed();
        assertThat(regctl("blob", "get", work.repository("blobs"), digest)).isEqualTo("some bytes");
        assertThat(regctl("blob", "head", work.repository("blobs"), digest)).contains("Content-Length: 10");
    }

    @Test
    void shouldDeleteAManifest() {
        push("deleted:1");
        regctl("manifest", "delete", work.repository("deleted@" + image.digest()));
        assertThat(home.command("regctl", "manifest", "head", work.repository("deleted:1")).fail())
                .containsIgnoringCase("not found");
    }

    @Test
    void shouldPushAModifiedImage() {
        push("modified:1");
        regctl("image", "mod", work.repository("modified:1"), "--create", "2", "--label", "colour=green");
        assertThat(regctl("image", "inspect", work.repository("modified:2"))).contains("green");
    }

    private static void push(String name) {
        regctl("image", "copy", "ocidir://" + image.folderAndTag(), work.repository(name));
    }

    private static String regctl(String... arguments) {
        return home.command("regctl", arguments).succeed();
    }
}
