// SPDX-License-Identifier: Apache-2.0
package org.harboree.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The process id of a child, kept in the data folder. It outlives a launcher that was killed; a process is taken for
 * the recorded one only if its command line carries our mark (an argument that names the data folder), because the
 * number may have gone to somebody else since.
 */
public final class ProcessRecord {

    private final Path file;
    private final String mark;

    /**
     * @param file where the process id is kept
     * @param mark an argument of the process that no other process has
     */
    public ProcessRecord(Path file, String mark) {
        this.file = file;
        this.mark = mark;
    }

    /** The argument that the process must have. */
    public String mark() {
        return mark;
    }

    void write(ProcessHandle process) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(beside, process.pid() + "\n");
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    /** The recorded process, if it still runs and is ours. */
    public Optional<ProcessHandle> find() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            long pid = Long.parseLong(Files.readString(file).strip());
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isMarked);
        } catch (NumberFormatException cutShort) {
            return Optional.empty();
        }
    }

    private boolean isMarked(ProcessHandle process) {
        return process.info().arguments().stream().flatMap(Arrays::stream).anyMatch(mark::equals);
    }

    /**
     * Stops what an earlier start has left running.
     *
     * @param limit how long it may take to end by itself; then it is killed
     * @return whether there was something to stop
     */
    public boolean stopLeftOver(Duration limit) throws IOException, InterruptedException {
        Optional<ProcessHandle> found = find();
        if (found.isPresent()) {
            ProcessHandle process = found.get();
            process.destroy();
            if (!ends(process, limit)) {
                process.destroyForcibly();
                ends(process, limit);
            }
        }
        delete();
        return found.isPresent();
    }

    private static boolean ends(ProcessHandle process, Duration limit) throws InterruptedException {
        try {
            process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException stillThere) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
