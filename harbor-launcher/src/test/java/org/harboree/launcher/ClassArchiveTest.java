// SPDX-License-Identifier: Apache-2.0
package org.harboree.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private ClassArchive archive(String... build) {
        return ClassArchive.of(folder.resolve("cache"), List.of(build));
    }

    /** What the JVM does at its end. */
    private static void write(ClassArchive archive) throws IOException {
        Files.createFile(Path.of(archive.options().get(0).substring(WRITE.length())));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void shouldBeWrittenByTheFirstServer() throws IOException {
        assertThat(archive("17").options()).first().asString().startsWith(WRITE + folder);
    }

    @Test
    void shouldBeReadByTheNextServerOfTheSameBuild() throws IOException {
        write(archive("17", "a"));
        archive("17", "a").keep();

        assertThat(archive("17", "a").options()).singleElement().asString().startsWith(READ).endsWith(".jsa");
        assertThat(archive("17", "a").options()).singleElement().asString().startsWith(READ);
    }

    @Test
    void shouldNotBeReadBeforeItIsWhole() throws IOException {
        write(archive("17"));

        assertThat(archive("17").options()).first().asString().startsWith(WRITE);
        assertThat(files()).isEmpty();
    }

    @Test
    void shouldBeWrittenAnewForAnotherBuild() throws IOException {
        write(archive("17", "a"));
        archive("17", "a").keep();

        assertThat(archive("17", "b").options()).first().asString().startsWith(WRITE);
        assertThat(files()).isEmpty();
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
        archive("17").options();
        archive("17").keep();

        assertThat(archive("17").options()).first().asString().startsWith(WRITE);
    }
}
