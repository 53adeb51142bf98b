// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.harboree.it.Product;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("clients")
class SkopeoClientIT {

    private static final int LAYER = 200_000;

    private static ClientHome home;
    private static Workplace work;
    private static OciLayout image;
    private static OciLayout index;

    @BeforeAll
    static void logIn() {
        home = ClientHome.create("skopeo");
        work = Workplace.create("skopeo");
        image = OciLayout.image(Path.of(home.path("image")), LAYER);
        index = OciLayout.index(Path.of(home.path("index")), LAYER);
        login(home, work.password()).succeed();
    }

    @Test
    void shouldRefuseALoginWithAWrongPassword() {
        assertThat(login(ClientHome.create("skopeo"), "wrong" + work.password()).fail())
                .containsIgnoringCase("invalid username/password");
    }

    @Test
    void shouldRefuseAPushWithoutLogin() {
        ClientHome stranger = ClientHome.create("skopeo");
        assertThat(copy(stranger, image.reference(), remote("stranger:1")).fail())
                .containsAnyOf("unauthorized", "denied");
    }

    @Test
    void shouldLetAnybodyPullFromAPublicProject() {
        String project = Product.running().api().newProject("skopeo-public", Map.of("public", "true"));
        String published = "docker://" + work.registry() + "/" + project + "/image:1";
        String admin = "admin:" + Product.running().adminPassword();
        home.command("skopeo", "copy", "--dest-tls-verify=false", "--dest-creds", admin, image.reference(), published)
                .succeed();
        ClientHome stranger = ClientHome.create("skopeo");
        copy(stranger, published, "oci:" + stranger.path("pulled") + ":1").succeed();
        assertThat(copy(stranger, image.reference(), published).fail()).containsAnyOf("unauthorized", "denied");
    }

    @Test
    void shouldGiveBackTheSameBytesThatWerePushed() {
        copy(home, image.reference(), remote("same:1")).succeed();
        assertThat(inspect("same:1", "{{.Digest}}")).isEqualTo(image.digest());
        String pulled = "oci:" + home.path("same") + ":1";
        copy(home, remote("same@" + image.digest()), pulled).succeed();
        assertThat(home.command("skopeo", "inspect", "--format", "{{.Digest}}", pulled).succeed())
                .isEqualTo(image.digest());
    }

    @Test
    void shouldCopyEveryPlatformOfAnIndex() {
        copy(home, "--all", index.reference(), remote("index:1")).succeed();
        copy(home, "--all", remote("index:1"), "oci:" + home.path("index-back") + ":1").succeed();
        assertThat(home.command("skopeo", "inspect", "--raw", "--tls-verify=false", remote("index:1")).succeed())
                .contains("arm64").contains("amd64");
        home.command("skopeo", "--override-arch", "arm64", "copy", "--src-tls-verify=false", remote("index:1"),
                "dir:" + home.path("arm64")).succeed();
    }

    @Test
    void shouldTakeDockersManifestFormat() {
        copy(home, "--format=v2s2", image.reference(), remote("v2s2:1")).succeed();
        assertThat(home.command("skopeo", "inspect", "--raw", "--tls-verify=false", remote("v2s2:1")).succeed())
                .contains("application/vnd.docker.distribution.manifest.v2+json");
        copy(home, "--format=oci", remote("v2s2:1"), remote("v2s2-as-oci:1")).succeed();
    }

    @Test
    void shouldTakeLayersCompressedWithZstd() {
        // An image of its own: skopeo would rather reuse gzip layers that it has pushed before.
        OciLayout unseen = OciLayout.image(Path.of(home.path("unseen")), LAYER);
        String plain = "dir:" + home.path("plain");
        copy(home, "--dest-decompress", unseen.reference(), plain).succeed();
        copy(home, "--dest-compress", "--dest-compress-format=zstd", "--format=oci", plain, remote("zstd:1")).succeed();
        assertThat(home.command("skopeo", "inspect", "--raw", "--tls-verify=false", remote("zstd:1")).succeed())
                .contains("application/vnd.oci.image.layer.v1.tar+zstd");
        copy(home, remote("zstd:1"), "oci:" + home.path("zstd") + ":1").succeed();
    }

    @Test
    void shouldListTags() {
        copy(home, image.reference(), remote("tags:one")).succeed();
        copy(home, image.reference(), remote("tags:two")).succeed();
        assertThat(home.command("skopeo", "list-tags", "--tls-verify=false", remote("tags")).succeed())
                .contains("\"one\"", "\"two\"");
    }

    @Test
    void shouldDeleteAnImage() {
        copy(home, image.reference(), remote("deleted:1")).succeed();
        home.command("skopeo", "delete", "--tls-verify=false", remote("deleted:1")).succeed();
        assertThat(home.command("skopeo", "inspect", "--tls-verify=false", remote("deleted:1")).fail())
                .containsAnyOf("manifest unknown", "not found", "unknown");
    }

    @Test
    void shouldSynchroniseARepositoryIntoAnotherAndIntoAFolder() {
        copy(home, image.reference(), remote("sync:1")).succeed();
        copy(home, image.reference(), remote("sync:2")).succeed();
        home.command("skopeo", "sync", "--src", "docker", "--dest", "docker", "--src-tls-verify=false",
                "--dest-tls-verify=false", work.repository("sync"), work.repository("mirror")).succeed();
        assertThat(home.command("skopeo", "list-tags", "--tls-verify=false", remote("mirror/sync")).succeed())
                .contains("\"1\"", "\"2\"");
        home.command("skopeo", "sync", "--src", "docker", "--dest", "dir", "--src-tls-verify=false",
                work.repository("sync"), home.path("synced")).succeed();
        assertThat(Path.of(home.path("synced/sync:1/manifest.json"))).exists();
    }

    private static Command login(ClientHome person, String password) {
        return person.command("skopeo", "login", "--tls-verify=false", "-u", work.user(), "--password-stdin",
                work.registry()).input(password);
    }

    private static String inspect(String name, String format) {
        return home.command("skopeo", "inspect", "--tls-verify=false", "--format", format, remote(name)).succeed();
    }

    private static Command copy(ClientHome person, String... arguments) {
        List<String> line = new ArrayList<>(List.of("copy", "--src-tls-verify=false", "--dest-tls-verify=false"));
        line.addAll(List.of(arguments));
        return person.command("skopeo", line.toArray(String[]::new));
    }

    private static String remote(String name) {
        return "docker://" + work.repository(name);
    }
}
