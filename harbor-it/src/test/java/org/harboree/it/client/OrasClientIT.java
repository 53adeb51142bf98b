// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("clients")
class OrasClientIT {

    private static final String REPORT = "application/vnd.example.report";

    private static ClientHome home;
    private static Workplace work;

    @BeforeAll
    static void logIn() throws IOException {
        home = ClientHome.create("oras");
        work = Workplace.create("oras");
        Files.writeString(Path.of(home.path("note.txt")), "a note of " + work.project());
        Files.writeString(Path.of(home.path("report.json")), "{\"of\":\"" + work.project() + "\"}");
        login(home, work.password()).succeed();
    }

    @Test
    void shouldRefuseALoginWithAWrongPassword() {
        assertThat(login(ClientHome.create("oras"), "wrong" + work.password()).fail())
                .containsIgnoringCase("unauthorized");
    }

    @Test
    void shouldPushAndPullAnArtifact() {
        pushNote("artifact:1");
        oras("pull", "-o", home.path("pulled"), work.repository("artifact:1"));
        assertThat(Path.of(home.path("pulled/note.txt"))).hasContent("a note of " + work.project());
        assertThat(oras("repo", "tags", work.repository("artifact"))).isEqualTo("1");
    }

    @Test
    void shouldFindWhatIsAttachedToAnArtifact() {
        pushNote("subject:1");
        oras("attach", "--artifact-type", REPORT, work.repository("subject:1"), "report.json:application/json");
        assertThat(oras("discover", "--format", "json", work.repository("subject:1"))).contains(REPORT);
        assertThat(oras("discover", "--format", "json", "--artifact-type", "application/vnd.example.other",
                work.repository("subject:1"))).doesNotContain(REPORT);
    }

    @Test
    void shouldCopyAnArtifactTogetherWithItsReferrers() {
        pushNote("original:1");
        oras("attach", "--artifact-type", REPORT, work.repository("original:1"), "report.json:application/json");
        home.command("oras", "cp", "-r", "--from-plain-http", "--to-plain-http", work.repository("original:1"),
                work.repository("copy:1")).succeed();
        assertThat(oras("discover", "--format", "json", work.repository("copy:1"))).contains(REPORT);
    }

    @Test
    void shouldForgetAReferrerThatIsDeleted() {
        pushNote("cleaned:1");
        String attached = oras("attach", "--artifact-type", REPORT, "--format", "go-template={{.digest}}",
                work.repository("cleaned:1"), "report.json:application/json");
        oras("manifest", "delete", "--force", work.repository("cleaned@" + attached));
        assertThat(oras("discover", "--format", "json", work.repository("cleaned:1"))).doesNotContain(REPORT);
    }

    @Test
    void shouldDeleteAManifest() {
        pushNote("deleted:1");
        oras("manifest", "delete", "--force", work.repository("deleted:1"));
        assertThat(home.command("oras", "manifest", "fetch", "--plain-http", work.repository("deleted:1")).fail())
                .contains("not found");
    }

    @Test
    void shouldTagAnArtifactAgain() {
        pushNote("tagged:1");
        oras("tag", work.repository("tagged:1"), "2", "3");
        assertThat(oras("repo", "tags", work.repository("tagged")).lines()).containsExactly("1", "2", "3");
        assertThat(oras("resolve", work.repository("tagged:3")))
                .isEqualTo(oras("resolve", work.repository("tagged:1")));
    }

    @Test
    void shouldCopyAnImageFromALayout() {
        OciLayout image = OciLayout.image(Path.of(home.path("image")), 100_000);
        home.command("oras", "cp", "--from-oci-layout", "--to-plain-http", image.folderAndTag(),
                work.repository("image:1")).succeed();
        assertThat(oras("resolve", work.repository("image:1"))).isEqualTo(image.digest());
    }

    @Test
    void shouldPushAndFetchASingleBlob() {
        pushNote("blobs:1");
        String descriptor = oras("blob", "push", "--descriptor", work.repository("blobs"), "report.json");
        String digest = descriptor.replaceAll(".*\"digest\":\"([^\"]+)\".*", "$1");
        oras("blob", "fetch", "--output", home.path("fetched.json"), work.repository("blobs@" + digest));
        assertThat(Path.of(home.path("fetched.json"))).hasSameTextualContentAs(Path.of(home.path("report.json")));
    }

    private static void pushNote(String name) {
        oras("push", "--artifact-type", "application/vnd.example.note", work.repository(name), "note.txt:text/plain");
    }

    private static String oras(String... arguments) {
        List<String> line = new ArrayList<>(List.of(arguments));
        line.add("--plain-http");
        return home.command("oras", line.toArray(String[]::new)).succeed();
    }

    private static Command login(ClientHome person, String password) {
        return person.command("oras", "login", "--plain-http", "-u", work.user(), "--password-stdin", work.registry())
                .input(password);
    }
}
