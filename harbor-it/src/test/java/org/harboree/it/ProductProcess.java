// SPDX-License-Identifier: Apache-2.0
package org.harboree.it;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The product as a process of its own: the launcher that the README starts, with a new data folder and a free port. Its
 * output is kept in {@code target/product/}.
 */
final class ProductProcess {

    private static final Duration START_LIMIT = Duration.ofMinutes(4);
    private static final Duration STOP_LIMIT = Duration.ofMinutes(1);
    private static final String READY = "Harbor EE is ready at ";
    private static final AtomicReference<ProductProcess> RUNNING = new AtomicReference<>();

    private final Process process;
    private final int port;
    private final String adminPassword;

    private ProductProcess(Process process, int port, String adminPassword) {
        this.process = process;
        this.port = port;
        this.adminPassword = adminPassword;
    }

    static ProductProcess start() {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "product")), "run-");
            int port = freePort();
            String password = "It-" + Long.toHexString(System.nanoTime()) + "-Aa1";
            Process process = launch(folder.toAbsolutePath(), port, password);
            ProductProcess started = new ProductProcess(process, port, password);
            RUNNING.set(started);
            Runtime.getRuntime().addShutdownHook(new Thread(ProductProcess::stopRunning, "stop the product"));
            started.awaitReady(folder.resolve("output.log"));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("The product could not be started", e);
        }
    }

    /** Asks the product that this JVM started, if any, to end (SIGTERM) and waits until it has. */
    static void stopRunning() {
        ProductProcess running = RUNNING.getAndSet(null);
        if (running != null) {
            running.stop();
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    String adminPassword() {
        return adminPassword;
    }

    private static Process launch(Path folder, int port, String password) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(java,
                "-Dharbor.wildfly.home=" + System.getProperty("harbor.wildfly.home"),
                "-Dharbor.mariadb.home=" + System.getProperty("harbor.mariadb.home"),
                "-cp", System.getProperty("java.class.path"), "org.harboree.launcher.Launcher");
        builder.environment().putAll(Map.of(
                "HARBOR_HTTP_PORT", Integer.toString(port),
                "HARBOR_EXTERNAL_URL", "http://127.0.0.1:" + port,
                "HARBOR_DATA", folder.resolve("data").toString(),
                "HARBOR_ADMIN_PASSWORD", password));
        return builder.redirectErrorStream(true).start();
    }

    private void awaitReady(Path log) {
        CompletableFuture<Void> ready = new CompletableFuture<>();
        Thread reader = new Thread(() -> keepOutput(log, ready), "output of the product");
        reader.setDaemon(true);
        reader.start();
        try {
            ready.get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            stopRunning();
            throw new IllegalStateException("The product did not become ready; see " + log.toAbsolutePath(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopRunning();
            throw new IllegalStateException("Interrupted while the product started", e);
        }
    }

    private void keepOutput(Path log, CompletableFuture<Void> ready) {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
                BufferedWriter kept = Files.newBufferedWriter(log)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                kept.write(line);
                kept.newLine();
                kept.flush();
                if (line.contains(READY)) {
                    ready.complete(null);
                }
            }
            ready.completeExceptionally(new IllegalStateException("it ended before it was ready"));
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
    }

    private void stop() {
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

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
