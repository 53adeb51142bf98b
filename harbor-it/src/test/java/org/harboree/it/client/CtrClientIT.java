// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** containerd, as Kubernetes uses it, through its own command. */
@Tag("clients")
class CtrClientIT {

    private static ClientHome home;
    private static Workplace work;
    private static DockerDaemon daemon;

    @BeforeAll
    static void startContainerd() {
        home = ClientHome.create("ctr");
        work = Workplace.create("ctr");
        daemon = DockerDaemon.start(home);
    }

    @AfterAll
    static void stopContainerd() {
        if (daemon != null) {
            daemon.close();
        }
    }

    @Test
    void shouldPullPushAndRunAnImage() {
        OciLayout image = upload("image:1", OciLayout.image(Path.of(home.path("image")), 200_000));
        pull("image:1");
        ctr("images", "tag", work.repository("image:1"), work.repository("again:1"));
        ctr("images", "push", "--plain-http", "--user", work.credentials(), work.repository("again:1"));
        ctr("images", "rm", work.repository("image:1"), work.repository("again:1"));
        pull("again@" + image.digest());
        assertThat(ctr("run", "--rm", "--snapshotter=native", "--net-host", work.repository("again@" + image.digest()),
                "hello")).isEqualTo(OciLayout.MESSAGE);
    }

    @Test
    void shouldPullAndPushAnIndexWithAllPlatforms() {
        OciLayout index = upload("index:1", OciLayout.index(Path.of(home.path("index")), 50_000));
        ctr("images", "pull", "--plain-http", "--all-platforms", "--snapshotter=native", "--user", work.credentials(),
                work.repository("index:1"));
        ctr("images", "tag", work.repository("index:1"), work.repository("index-again:1"));
        ctr("images", "push", "--plain-http", "--user", work.credentials(), work.repository("index-again:1"));
        assertThat(home.command("skopeo", "inspect", "--raw", "--tls-verify=false", "--creds", work.credentials(),
                "docker://" + work.repository("index-again@" + index.digest())).succeed()).contains("arm64");
    }

    @Test
    void shouldRefuseAPullWithoutCredentials() {
        upload("private:1", OciLayout.image(Path.of(home.path("private")), 1_000));
        assertThat(home.command("ctr", "--address", daemon.containerd(), "--namespace", "it", "images", "pull",
                "--plain-http", work.repository("private:1")).fail()).containsAnyOf("401", "403", "authoriz", "denied");
    }

    private static OciLayout upload(String name, OciLayout content) {
        home.command("skopeo", "copy", "--all", "--dest-tls-verify=false", "--dest-creds", work.credentials(),
                content.reference(), "docker://" + work.repository(name)).succeed();
        return content;
    }

    private static void pull(String name) {
        ctr("images", "pull", "--plain-http", "--snapshotter=native", "--user", work.credentials(),
                work.repository(name));
    }

    private static String ctr(String... arguments) {
        List<String> line = new ArrayList<>(List.of("--address", daemon.containerd(), "--namespace", "it"));
        line.addAll(List.of(arguments));
        return home.command("ctr", line.toArray(String[]::new)).succeed();
    }
}
