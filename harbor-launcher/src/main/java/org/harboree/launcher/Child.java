// SPDX-License-Identifier: Apache-2.0
package org.harboree.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A process that we have started: in a session of its own, so that Ctrl-C on the terminal reaches only the launcher,
 * which then stops its children in order; and recorded in the data folder, so that the next start finds it should the
 * launcher be killed.
 */
public final class Child {

    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private final Process process;
    private final ProcessRecord record;

    private Child(Process process, ProcessRecord record) {
        this.process = process;
        this.record = record;
    }

    /**
     * @param record      where the process is recorded; the command must contain the record's mark
     * @param command     program and arguments
     * @param environment variables added to our own
     * @param output      file for standard output and error, begun anew
     */
    public static Child start(ProcessRecord record, List<String> command, Map<String, String> environment,
            Path output) throws IOException {
        List<String> line = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            // It becomes the program itself (same process id), as a fresh child never leads a process group.
            line.add(SETSID.toString());
        }
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        record.write(process.toHandle());
        return new Child(process, record);
    }

    /** Done when the process has ended. */
    public CompletableFuture<?> onExit() {
        return process.onExit();
    }

    /** Whether it still runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the end of the process; false when the time is over first. */
    public boolean waitFor(Duration limit) throws InterruptedException {
        return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Asks the process to end, and kills it when it takes longer than the limit.
     *
     * @return false if it had to be killed
     */
    public boolean stop(Duration limit) throws InterruptedException, IOException {
        process.destroy();
        boolean ended = waitFor(limit);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        record.delete();
        return ended;
    }
}
