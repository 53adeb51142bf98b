// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.harboree.it.ServerProcess;

/** One run of the launcher, as a process. Whatever of it still runs when it is closed is killed. */
public final class LauncherRun implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(4);
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Process process;
    private final Path data;
    private final int port;
    private final CompletableFuture<String> firstLine;
    private final CompletableFuture<List<String>> errors;

    private LauncherRun(Process process, Path data, int port) {
        this.process = process;
        this.data = data;
        this.port = port;
        this.firstLine = CompletableFuture.supplyAsync(() -> firstLine(process.inputReader(StandardCharsets.UTF_8)));
        this.errors = CompletableFuture.supplyAsync(() -> process.errorReader(StandardCharsets.UTF_8).lines().toList());
    }

    /** On a free port. */
    public static LauncherRun start(Path data) throws IOException {
        return start(data, Map.of());
    }

    /** With more settings, which win over the free port. */
    public static LauncherRun start(Path data, Map<String, String> settings) throws IOException {
        Map<String, String> environment = new HashMap<>(settings);
        environment.putIfAbsent("HARBOR_HTTP_PORT", Integer.toString(ServerProcess.freePort()));
        environment.putIfAbsent("HARBOR_DATA", data.toString());
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dharbor.wildfly.home=" + System.getProperty("harbor.wildfly.home"),
                "-Dharbor.mariadb.home=" + System.getProperty("harbor.mariadb.home"),
                "-cp", System.getProperty("java.class.path"), "org.harboree.launcher.Launcher");
        builder.environment().keySet().removeIf(name -> name.startsWith("HARBOR_"));
        builder.environment().putAll(environment);
        return new LauncherRun(builder.start(), data, port(environment.get("HARBOR_HTTP_PORT")));
    }

    private static int port(String text) {
        return text.matches("[0-9]+") ? Integer.parseInt(text) : 0;
    }

    private static String firstLine(BufferedReader output) {
        try {
            String line = output.readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first line that it prints; empty when it ends without one. */
    public String awaitLine() throws InterruptedException, ExecutionException, TimeoutException {
        return firstLine.get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    /** What it has said on standard error, once it has ended. */
    List<String> errors() throws InterruptedException, ExecutionException, TimeoutException {
        return errors.get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    /** Its exit code, if it ends within the limit; a failed test otherwise. */
    public int awaitExit(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("The launcher still runs after " + limit);
        }
        return process.exitValue();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** SIGKILL for the launcher alone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** One of its children, "server" or "database", by the process id in the data folder. */
    public ProcessHandle child(String name) throws IOException {
        long pid = Long.parseLong(Files.readString(data.resolve("run").resolve(name + ".pid")).strip());
        return ProcessHandle.of(pid).orElseThrow();
    }

    /** As {@link #child}, as soon as it runs. */
    public ProcessHandle awaitChild(String name) throws IOException, InterruptedException {
        Path file = data.resolve("run").resolve(name + ".pid");
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!Files.exists(file) || Files.readString(file).isBlank()) {
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new AssertionError("There is no " + file);
            }
            Thread.sleep(20);
        }
        return child(name);
    }

    /** An address of the server. */
    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** The port that it was told to use. */
    int port() {
        return port;
    }

    /** The status that the ping address answers with. */
    int ping() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url("/api/v2.0/ping")).timeout(Duration.ofSeconds(10)).build();
        return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    @Override
    public void close() {
        terminate();
        process.onExit().orTimeout(1, TimeUnit.MINUTES)
                .exceptionally(late -> process.destroyForcibly()).join();
    }
}
