// SPDX-License-Identifier: Apache-2.0
package org.harboree.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The product as a process of its own: the launcher that the README starts, with a new data folder and a free port. Its
 * output and its data are kept in {@code target/product/}.
 *
 * @param server        the process
 * @param url           where it answers
 * @param adminPassword password of the user admin
 * @param data          its data folder
 */
record ProductProcess(ServerProcess server, URI url, String adminPassword, Path data) {

    private static final Duration START_LIMIT = Duration.ofMinutes(4);
    private static final AtomicReference<ProductProcess> RUNNING = new AtomicReference<>();

    static ProductProcess start() {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "product")), "run-");
            URI url = URI.create("http://127.0.0.1:" + ServerProcess.freePort());
            String password = "It-" + Long.toHexString(System.nanoTime()) + "-Aa1";
            ServerProcess server = ServerProcess.start(command(folder.toAbsolutePath(), url, password),
                    folder.resolve("output.log"), "Harbor EE is ready at ", START_LIMIT);
            ProductProcess product = new ProductProcess(server, url, password,
                    folder.toAbsolutePath().resolve("data"));
            RUNNING.set(product);
            return product;
        } catch (IOException e) {
            throw new UncheckedIOException("No folder for the product", e);
        }
    }

    /** Stops the product that this JVM started, if any. */
    static void stopRunning() {
        ProductProcess running = RUNNING.getAndSet(null);
        if (running != null) {
            running.server.close();
        }
    }

    private static ProcessBuilder command(Path folder, URI url, String password) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder command = new ProcessBuilder(java,
                "-Dharbor.wildfly.home=" + System.getProperty("harbor.wildfly.home"),
                "-Dharbor.mariadb.home=" + System.getProperty("harbor.mariadb.home"),
                "-cp", System.getProperty("java.class.path"), "org.harboree.launcher.Launcher");
        command.environment().putAll(Map.of(
                "HARBOR_HTTP_PORT", Integer.toString(url.getPort()),
                "HARBOR_EXTERNAL_URL", url.toString(),
                "HARBOR_DATA", folder.resolve("data").toString(),
                "HARBOR_ADMIN_PASSWORD", password,
                // the other registries of the tests are on this machine
                "HARBOR_ALLOW_LOOPBACK_TARGETS", "true"));
        return command;
    }
}
