// SPDX-License-Identifier: Apache-2.0
package org.harboree.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessRecordTest {

    /** An argument of sleep(1) that no other process here has. */
    private static final String MARK = "61.0625";
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private ProcessRecord record;
    private Child child;

    @BeforeEach
    void start() throws IOException {
        record = new ProcessRecord(folder.resolve("sleep.pid"), MARK);
        child = Child.start(record, List.of("sleep", MARK), Map.of(), folder.resolve("log"));
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        child.stop(LIMIT);
    }

    @Test
    void shouldFindAProcessThatAnEarlierStartHasLeft() throws IOException {
        assertThat(record.find()).isPresent();
    }

    @Test
    void shouldStopIt() throws IOException, InterruptedException {
        assertThat(record.stopLeftOver(LIMIT)).isTrue();

        assertThat(child.waitFor(LIMIT)).isTrue();
        assertThat(record.find()).isEmpty();
    }

    @Test
    void shouldSpareAProcessWithoutTheMark() throws IOException, InterruptedException {
        ProcessRecord another = new ProcessRecord(folder.resolve("sleep.pid"), "62");

        assertThat(another.stopLeftOver(LIMIT)).isFalse();

        assertThat(child.isAlive()).isTrue();
    }

    @Test
    void shouldForgetAChildThatWasStopped() throws IOException, InterruptedException {
        child.stop(LIMIT);

        assertThat(folder.resolve("sleep.pid")).doesNotExist();
    }

    @Test
    void shouldCopeWithARecordThatWasCutShort() throws IOException {
        Files.writeString(folder.resolve("sleep.pid"), "");

        assertThat(record.find()).isEmpty();
    }

    @Test
    void shouldRunTheChildInASessionOfItsOwn() throws IOException, InterruptedException {
        ProcessHandle process = record.find().orElseThrow();
        // setsid(1) is the program for a moment, before it has become sleep(1).
        while (process.info().command().filter(program -> program.endsWith("setsid")).isPresent()) {
            child.waitFor(Duration.ofMillis(5));
        }

        assertThat(session(process.pid())).isNotEqualTo(session(ProcessHandle.current().pid()));
    }

    /** The sixth field of /proc/pid/stat; the second may contain blanks and is left out. */
    private static String session(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3];
    }
}
