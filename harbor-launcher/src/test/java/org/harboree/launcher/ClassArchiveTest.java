// SPDX-License-Identifier: Apache-2.0
package org.harboree.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassArchiveTest {
    private static final String WRITE = "-XX:ArchiveClassesAtExit=";
    private static final String READ = "-XX:SharedArchiveFile=";

    @TempDir
    Path folder;

    private ClassArchive archive() {
        return new ClassArchive(folder.resolve("cache"));
    }

    private List<String> options(String java, String application) throws IOException {
        return archive().options(List.of(java), Files.writeString(folder.resolve("application"), application));
    }

    /** What the JVM does at its end. */
    private void write(String java, String application) throws IOException {
        Files.createFile(Path.of(options(java, application).get(0).substring(WRITE.length())));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void shouldBeWrittenByTheFirstServer() throws IOException {
        assertThat(options("17", "a")).first().asString().startsWith(WRITE + folder);
    }

    @Test
    void shouldBeReadByTheNextServerOfTheSameBuild() throws IOException {
        write("17", "a");
        archive().keep();

        assertThat(options("17", "a")).singleElement().asString().startsWith(READ).endsWith(".jsa");
        assertThat(options("17", "a")).singleElement().asString().startsWith(READ);
    }

    @Test
    void shouldNotBeReadBeforeItIsWhole() throws IOException {
        write("17", "a");

        assertThat(options("17", "a")).first().asString().startsWith(WRITE);
        assertThat(files()).isEmpty();
    }

    @Test
    void shouldBeWrittenAnewForAnotherBuild() throws IOException {
        write("17", "a");
        archive().keep();

        assertThat(options("17", "b")).first().asString().startsWith(WRITE);
        assertThat(files()).isEmpty();
    }

    @Test
    void shouldBeWrittenAnewForAnotherJava() throws IOException {
        write("17", "a");
        archive().keep();

        assertThat(options("17.0.1", "a")).first().asString().startsWith(WRITE);
        assertThat(files()).isEmpty();
    }

    @Test
    void shouldBeReadAfterTheSameApplicationWasBuiltAgain() throws IOException {
        write("17", "a");
        archive().keep();
        Files.setLastModifiedTime(folder.resolve("application"), FileTime.fromMillis(0));

        assertThat(archive().options(List.of("17"), folder.resolve("application"))).singleElement().asString()
                .startsWith(READ);
    }

    @Test
    void shouldStopNothingWhereItCannotBeKept() throws IOException {
        write("17", "a");
        String name = files().get(0);
        Files.createDirectories(folder.resolve("cache").resolve(name.replace(".new", "")).resolve("in the way"));

        assertThatCode(archive()::keep).doesNotThrowAnyException();
        assertThatCode(new ClassArchive(folder.resolve("nowhere"))::keep).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xmx1g -javaagent:monitor.jar=script:x", "-agentlib:jdwp=server=y", "-agentpath:/p.so",
        "-Xshare:off", "-XX:SharedArchiveFile=/own.jsa", "-XX:ArchiveClassesAtExit=/own.jsa"})
    void shouldNotBeWithOptionsThatItContradicts(String options) {
        assertThat(ClassArchive.goesWith(options)).isFalse();
    }

    @Test
    void shouldBeWithOtherOptions() {
        assertThat(ClassArchive.goesWith("")).isTrue();
        assertThat(ClassArchive.goesWith("-Xmx1g -XX:+UseG1GC")).isTrue();
    }

    @Test
    void shouldStayAwayWhereTheServerWroteNone() throws IOException {
        options("17", "a");
        archive().keep();

        assertThat(options("17", "a")).first().asString().startsWith(WRITE);
    }
}
