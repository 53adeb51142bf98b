// SPDX-License-Identifier: Apache-2.0
package org.harboree.it;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server that tests run beside themselves. Its output is kept in a file; it counts as started when a line of it
 * contains a given text. It ends with the test JVM at the latest.
 */
public final class ServerProcess implements AutoCloseable {

    private static final Duration STOP_LIMIT = Duration.ofMinutes(1);

    private final Process process;
    private final Path log;
    private final Thread atExit = new Thread(this::close, "stop a server");
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    private ServerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a server and waits until it is ready.
     *
     * @param command   what to run
     * @param log       file for its output, begun anew
     * @param readyText what the line contains that says that it is ready
     * @param limit     how long that may take; the server is stopped and the test fails when it is over
     */
    public static ServerProcess start(ProcessBuilder command, Path log, String readyText, Duration limit) {
        try {
            Process process = command.redirectErrorStream(true).start();
            ServerProcess server = new ServerProcess(process, log.toAbsolutePath());
            Runtime.getRuntime().addShutdownHook(server.atExit);
            Thread reader = new Thread(() -> server.keepOutput(readyText), "output for " + log);
            reader.setDaemon(true);
            reader.start();
            server.awaitReady(limit);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not start " + command.command(), e);
        }
    }

    /** A port of the loopback address that nobody uses now. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks the server to end (SIGTERM), waits until it has, and kills it after a minute. Can be called again. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private void awaitReady(Duration limit) {
        try {
            ready.get(limit.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            close();
            throw new IllegalStateException("A server did not become ready; see " + log, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new IllegalStateException("Interrupted while a server started", e);
        }
    }

    private void keepOutput(String readyText) {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
                BufferedWriter kept = Files.newBufferedWriter(log)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                kept.write(line);
                kept.newLine();
                kept.flush();
                if (line.contains(readyText)) {
                    ready.complete(null);
                }
            }
            ready.completeExceptionally(new IllegalStateException("It ended before it was ready"));
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
    }
}
