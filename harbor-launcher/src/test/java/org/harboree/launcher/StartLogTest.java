// SPDX-License-Identifier: Apache-2.0
package org.harboree.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartLogTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void place() {
        file = folder.resolve("server.log");
    }

    @Test
    void shouldTellTheInnermostCause() throws IOException {
        StartLog log = StartLog.from(file);
        append("ERROR it failed: java.lang.IllegalStateException: outer",
                "\tat org.example.Outer.run(Outer.java:1)",
                "Caused by: java.lang.IllegalStateException: middle",
                "    Caused by: org.example.Inner$Exception: the database is too old",
                "INFO  stopped");

        assertThat(log.cause()).contains("the database is too old");
    }

    @Test
    void shouldLeaveOutWhatAnEarlierStartHasWritten() throws IOException {
        append("Caused by: java.lang.IllegalStateException: yesterday");

        assertThat(StartLog.from(file).cause()).isEmpty();
    }

    @Test
    void shouldCopeWithoutAFile() throws IOException {
        assertThat(StartLog.from(file).cause()).isEmpty();
    }

    private void append(String... lines) throws IOException {
        Files.writeString(file, String.join("\n", lines) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
