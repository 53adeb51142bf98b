// SPDX-License-Identifier: Apache-2.0
package org.harboree.database;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM beside the test's, on the same database: another node, which can be killed. What it prints is kept in a file. */
public final class ChildJvm implements AutoCloseable {
    private final Process process;

    private ChildJvm(Process process) {
        this.process = process;
    }

    /**
     * Starts a main class of the tests.
     *
     * @param main takes URL, user and password of the database as its first arguments, for {@link TestDatabase#at}
     */
    public static ChildJvm start(Class<?> main, TestDatabase database, String... more) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-XX:TieredStopAtLevel=1",
                "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(database.address());
        command.addAll(List.of(more));
        File output = Path.of("target", "child-jvm-" + main.getSimpleName() + ".log").toFile();
        try {
            return new ChildJvm(new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output)).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL, without any of its hooks. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
