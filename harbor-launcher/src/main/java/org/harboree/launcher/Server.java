// SPDX-License-Identifier: Apache-2.0
package org.harboree.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * WildFly with the application, as harbor-ear has built it. The installation is only read; what WildFly writes is in
 * the data folder.
 */
final class Server {

    private static final Duration STARTS_WITHIN = Duration.ofSeconds(180);
    /** How long requests that run may still take when we stop. */
    private static final int SUSPEND_SECONDS = 30;
    static final Duration STOPS_WITHIN = Duration.ofSeconds(SUSPEND_SECONDS + 4);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration PING_TIMEOUT = Duration.ofSeconds(2);

    /** As in WildFly's bin/common.sh and standalone.conf. */
    private static final List<String> JVM = List.of(
            "-Xms64m", "-Xmx512m",
            // What the start and busy hours have left behind goes back to the system.
            "-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=30",
            "-XX:+ExitOnOutOfMemoryError", "-Djava.awt.headless=true",
            "-Djdk.serialFilter=maxbytes=10485760;maxdepth=128;maxarray=100000;maxrefs=300000",
            "--add-exports=java.desktop/sun.awt=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.url.ldap=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.url.ldaps=ALL-UNNAMED",
            "--add-exports=jdk.naming.dns/com.sun.jndi.dns=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED", "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED", "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED", "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.management/javax.management=ALL-UNNAMED",
            "--add-opens=java.naming/javax.naming=ALL-UNNAMED");

    /** Where a JVM finds options that are not on its command line. */
    private static final List<String> ENVIRONMENT_OPTIONS = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");

    private final Path home;
    private final Settings settings;
    private final DataFolder data;
    private final ProcessRecord record;
    private final Path log;
    private final ClassArchive archive;

    /** @param home where WildFly is */
    Server(Path home, Settings settings, DataFolder data) {
        this.home = home;
        this.settings = settings;
        this.data = data;
        this.record = new ProcessRecord(data.run().resolve("server.pid"), "-Dharbor.data=" + data.root());
        this.log = data.logs().resolve("server.log");
        this.archive = new ClassArchive(data.server().resolve("classes"));
    }

    /** What an earlier start has left running is stopped. */
    boolean stopLeftOver() throws IOException, InterruptedException {
        return record.stopLeftOver(STOPS_WITHIN);
    }

    /** @throws LaunchFailure when another program listens on our port already */
    void checkPort() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(settings.bind()), settings.httpPort()));
        } catch (IOException taken) {
            throw new LaunchFailure("Cannot listen on " + settings.bind() + " port " + settings.httpPort() + " ("
                    + taken.getMessage() + "); HARBOR_HTTP_PORT and HARBOR_BIND name another", taken);
        }
    }

    /**
     * Starts WildFly; it is not ready yet.
     *
     * @param environment variables for the application
     */
    Child start(Map<String, String> environment) throws IOException {
        if (!Files.exists(home.resolve("jboss-modules.jar"))) {
            throw new LaunchFailure("The server is missing: " + home + " (build harbor-ear)");
        }
        Folders.delete(data.server().resolve("configuration"));
        Folders.delete(data.server().resolve("tmp"));
        Folders.copy(home.resolve("standalone").resolve("configuration"), data.server().resolve("configuration"));
        Map<String, String> variables = new HashMap<>(environment);
        // glibc would keep up to 8 heaps for each CPU.
        variables.putIfAbsent("MALLOC_ARENA_MAX", System.getenv().getOrDefault("MALLOC_ARENA_MAX", "1"));
        return Child.start(record, command(), variables, data.logs().resolve("console.log"));
    }

    /** Stops it, running requests first, within {@link #STOPS_WITHIN}. */
    void stop(Child child) throws IOException, InterruptedException {
        if (child.stop(STOPS_WITHIN)) {
            archive.keep();
        }
    }

    private List<String> archiveOptions() throws IOException {
        Path jar = home.resolve("jboss-modules.jar");
        return archive.options(List.of(System.getProperty("java.home"), Runtime.version().toString(),
                settings.javaOptions(), jar.toString(), Files.getLastModifiedTime(jar).toString()),
                home.resolve("standalone/deployments/harbor.ear"));
    }

    private List<String> command() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(record.mark());
        command.addAll(JVM);
        if (!settings.bind().contains(":")) {
            command.add("-Djava.net.preferIPv4Stack=true");
        }
        // The smallest of the collectors, and quick enough for a heap of this size; a bigger heap wants another.
        if (!settings.javaOptions().matches(".*-XX:\\+Use\\w+GC\\b.*")) {
            command.add("-XX:+UseSerialGC");
        }
        if (trimsNativeHeap(Runtime.version())) {
            command.add("-XX:TrimNativeHeapInterval=10000");
        }
        if (ClassArchive.goesWith(settings.javaOptions()) && ENVIRONMENT_OPTIONS.stream()
                .map(System.getenv()::get).filter(Objects::nonNull).allMatch(ClassArchive::goesWith)) {
            command.addAll(archiveOptions());
        }
        if (!settings.javaOptions().isBlank()) {
            command.addAll(List.of(settings.javaOptions().strip().split("\\s+")));
        }
        command.addAll(List.of(
                "-Dorg.jboss.boot.log.file=" + log,
                "-Dlogging.configuration=file:" + data.server().resolve("configuration/logging.properties"),
                "-Dorg.wildfly.sigterm.suspend.timeout=" + SUSPEND_SECONDS,
                "-jar", home.resolve("jboss-modules.jar").toString(),
                "-mp", home.resolve("modules").toString(),
                "org.jboss.as.standalone",
                "-Djboss.home.dir=" + home,
                "-Djboss.server.base.dir=" + data.server(),
                "-Djboss.server.log.dir=" + data.logs(),
                "-Djboss.http.port=" + settings.httpPort(),
                "-Djboss.bind.address=" + settings.bind()));
        return command;
    }

    /** Whether that JVM can give back what its own code has freed; others end at an option that they do not know. */
    static boolean trimsNativeHeap(Runtime.Version version) {
        return version.feature() >= 22 || version.feature() == 21 && version.update() >= 1
                || version.feature() == 17 && version.update() >= 9;
    }

    /** Its log from here on. */
    StartLog log() throws IOException {
        return StartLog.from(log);
    }

    /**
     * Waits until the application answers.
     *
     * @param written what WildFly writes since it was started
     * @throws LaunchFailure when WildFly ends, reports errors of its start, or takes longer than three minutes
     */
    void awaitReady(Child child, StartLog written) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder().connectTimeout(PING_TIMEOUT).build();
        long deadline = System.nanoTime() + STARTS_WITHIN.toNanos();
        Path marker = data.server().resolve("tmp").resolve("startup-marker");
        while (!child.waitFor(PAUSE) && System.nanoTime() < deadline) {
            if (Files.exists(marker)) {
                if (Files.readString(marker).startsWith("error")) {
                    break;
                }
                if (answers(client)) {
                    return;
                }
            }
        }
        throw new LaunchFailure("The server did not start"
                + written.cause().map(cause -> " (" + cause + ")").orElse("") + "; see " + log);
    }

    private boolean answers(HttpClient client) throws InterruptedException {
        try {
            HttpRequest ping = HttpRequest.newBuilder(localUrl()).timeout(PING_TIMEOUT).build();
            return client.send(ping, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private URI localUrl() {
        String host = switch (settings.bind()) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::" -> "[::1]";
            default -> settings.bind().contains(":") ? "[" + settings.bind() + "]" : settings.bind();
        };
        return URI.create("http://" + host + ":" + settings.httpPort() + "/api/v2.0/ping");
    }
}
