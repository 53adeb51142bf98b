// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.harboree.it.ServerProcess;

/**
 * One run of a program in a folder, with standard input given as text. It never outlives its limit: at the end of it
 * the program and all that it started are killed, and the test fails.
 */
final class Command {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final List<String> line;
    private final Path folder;
    private final Map<String, String> environment;
    private String input = "";

    Command(List<String> line, Path folder, Map<String, String> environment) {
        this.line = List.copyOf(line);
        this.folder = folder;
        this.environment = Map.copyOf(environment);
    }

    Command input(String text) {
        this.input = text;
        return this;
    }

    /** Runs it and expects status 0; its standard output. */
    String succeed() {
        Outcome outcome = run();
        if (!outcome.succeeded()) {
            throw new AssertionError("Expected success of " + outcome);
        }
        return outcome.stdout();
    }

    /** Runs it and expects any other status than 0; everything that it wrote. */
    String fail() {
        Outcome outcome = run();
        if (outcome.succeeded()) {
            throw new AssertionError("Expected failure of " + outcome);
        }
        return outcome.output();
    }

    /** Runs it to its end. */
    Outcome run() {
        try {
            Path scratch = Files.createTempDirectory(folder, "cmd-");
            Path in = Files.writeString(scratch.resolve("in"), input);
            Path out = scratch.resolve("out");
            Path err = scratch.resolve("err");
            Process process = builder().redirectInput(in.toFile()).redirectOutput(out.toFile())
                    .redirectError(err.toFile()).start();
            boolean ended = await(process);
            int status = ended ? process.exitValue() : -1;
            Outcome outcome = new Outcome(String.join(" ", line), status, text(out), text(err));
            for (Path file : List.of(in, out, err, scratch)) {
                Files.delete(file);
            }
            if (!ended) {
                throw new AssertionError("Still running after " + LIMIT + ": " + outcome);
            }
            return outcome;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not run " + line, e);
        }
    }

    /** Starts it as a server; see {@link ServerProcess#start}. */
    ServerProcess serve(String logName, String readyText) {
        return ServerProcess.start(builder(), folder.resolve(logName), readyText, LIMIT);
    }

    private ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
        // Settings of the developer's own registries are none of the tests' business.
        builder.environment().keySet().removeIf(name -> name.startsWith("REGISTRY_") || name.startsWith("AWS_")
                || name.startsWith("OCI_") || name.startsWith("DOCKER_") || name.startsWith("CONTAINERS_"));
        builder.environment().putAll(environment);
        return builder;
    }

    private static boolean await(Process process) {
        boolean ended = false;
        try {
            ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return ended;
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
    }
}
