// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("clients")
class DockerClientIT {

    private static final Pattern PUSHED_DIGEST = Pattern.compile("digest: (sha256:[0-9a-f]{64})");

    private static ClientHome home;
    private static Workplace work;
    private static DockerDaemon daemon;

    @BeforeAll
    static void startDocker() {
        home = ClientHome.create("docker");
        work = Workplace.create("docker");
        daemon = DockerDaemon.start(home);
        login(home, work.password()).succeed();
    }

    @AfterAll
    static void stopDocker() {
        if (daemon != null) {
            daemon.close();
        }
    }

    @Test
    void shouldRefuseALoginWithAWrongPassword() {
        assertThat(login(stranger(), "wrong" + work.password()).fail()).contains("unauthorized");
    }

    @Test
    void shouldDenyAPushWithoutLogin() {
        build("stranger:1");
        ClientHome stranger = stranger();
        assertThat(stranger.command("docker", "push", work.repository("stranger:1")).fail()).contains("denied");
        assertThat(stranger.command("docker", "pull", work.repository("stranger:1")).fail()).contains("denied");
    }

    @Test
    void shouldDenyAPushAfterLogout() {
        ClientHome person = stranger();
        login(person, work.password()).succeed();
        build("logout:1");
        person.command("docker", "push", work.repository("logout:1")).succeed();
        person.command("docker", "logout", work.registry()).succeed();
        assertThat(person.command("docker", "push", work.repository("logout:1")).fail()).contains("denied");
    }

    @Test
    void shouldRunAnImageThatWasPushedAndPulledByDigest() {
        build("run:1");
        String byDigest = work.repository("run@" + push("run:1"));
        docker("rmi", work.repository("run:1"));
        docker("pull", byDigest);
        assertThat(docker("run", "--rm", "--network=none", byDigest)).isEqualTo(OciLayout.MESSAGE);
        docker("rmi", byDigest);
        docker("pull", work.repository("run:1"));
        assertThat(docker("run", "--rm", "--network=none", work.repository("run:1"))).isEqualTo(OciLayout.MESSAGE);
    }

    @Test
    void shouldSayThatAnImageIsNotThere() {
        build("known:1");
        push("known:1");
        assertThat(home.command("docker", "pull", work.repository("known:2")).fail())
                .containsAnyOf("manifest unknown", "not found");
    }

    @Test
    void shouldMountLayersFromAnotherRepository() {
        build("layers:1");
        push("layers:1");
        docker("tag", work.repository("layers:1"), work.repository("mounted:1"));
        assertThat(docker("push", work.repository("mounted:1")))
                .contains("Mounted from " + work.repositoryPath("layers"));
    }

    @Test
    void shouldPushAndPullAllTagsAtOnce() {
        build("tags:1");
        docker("tag", work.repository("tags:1"), work.repository("tags:2"));
        docker("push", "--all-tags", work.repository("tags"));
        docker("rmi", work.repository("tags:1"), work.repository("tags:2"));
        docker("pull", "--all-tags", work.repository("tags"));
        assertThat(docker("images", "--format", "{{.Tag}}", work.repository("tags")).lines())
                .containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void shouldPushAManifestList() {
        build("list:amd64");
        build("list:arm64");
        push("list:amd64");
        push("list:arm64");
        docker("manifest", "create", "--insecure", work.repository("list:all"), work.repository("list:amd64"),
                work.repository("list:arm64"));
        docker("manifest", "annotate", "--arch=arm64", "--os=linux", work.repository("list:all"),
                work.repository("list:arm64"));
        docker("manifest", "push", "--insecure", "--purge", work.repository("list:all"));
        assertThat(docker("manifest", "inspect", "--insecure", work.repository("list:all"))).contains("arm64", "amd64");
        docker("rmi", work.repository("list:amd64"));
        docker("pull", work.repository("list:all"));
        assertThat(docker("run", "--rm", "--network=none", work.repository("list:all"))).isEqualTo(OciLayout.MESSAGE);
    }

    private static void build(String name) {
        docker("build", "--tag", work.repository(name), BuildContext.write(home, name.replace(':', '-')));
    }

    /** Pushes and gives back the digest that the registry confirmed. */
    private static String push(String name) {
        String output = docker("push", work.repository(name));
        Matcher digest = PUSHED_DIGEST.matcher(output);
        assertThat(digest.find()).as(output).isTrue();
        return digest.group(1);
    }

    private static String docker(String... arguments) {
        return home.command("docker", arguments).succeed();
    }

    private static Command login(ClientHome person, String password) {
        return person.command("docker", "login", "-u", work.user(), "--password-stdin", work.registry())
                .input(password);
    }

    /** Another person at the same daemon. */
    private static ClientHome stranger() {
        ClientHome stranger = ClientHome.create("docker");
        daemon.serve(stranger);
        return stranger;
    }
}
