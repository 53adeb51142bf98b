// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.harboree.it.ServerProcess;

/**
 * Another implementation of the distribution API, on a free port, with nothing in it: Debian's docker-registry, which
 * is CNCF Distribution 2, or Distribution 3.
 */
public final class DockerRegistry implements AutoCloseable {
    private final String address;
    private final ServerProcess process;

    private DockerRegistry(String address, ServerProcess process) {
        this.address = address;
        this.process = process;
    }

    /** One that lets everybody do everything. */
    public static DockerRegistry open() {
        return start(ClientHome.create("docker-registry"), "");
    }

    /** Distribution 3, which lets everybody do everything. */
    public static DockerRegistry distribution3() {
        return distribution3("");
    }

    /** As {@link #distribution3()}, and it takes an index of which not all children are there. */
    public static DockerRegistry withSparseIndexes() {
        return distribution3("""
                validation:
                  manifests:
                    indexes: {platforms: none}
                """);
    }

    private static DockerRegistry distribution3(String more) {
        ClientHome home = ClientHome.create("distribution");
        // It would send traces of every request to a collector that there is not.
        home.set("OTEL_TRACES_EXPORTER", "none");
        return start(home, "registry", more);
    }

    /** @param more further lines of its configuration, in YAML */
    static DockerRegistry start(ClientHome home, String more) {
        return start(home, "docker-registry", more);
    }

    private static DockerRegistry start(ClientHome home, String program, String more) {
        String address = "127.0.0.1:" + ServerProcess.freePort();
        try {
            Path configuration = Files.writeString(Path.of(home.path("registry.yml")), """
                    version: 0.1
                    storage:
                      filesystem: {rootdirectory: %s}
                      delete: {enabled: true}
                    http: {addr: "%s"}
                    """.formatted(home.path("content"), address) + more);
            // The variable means something else to this server than to skopeo.
            return new DockerRegistry(address, home.command("env", "-u", "REGISTRY_AUTH_FILE",
                    Tools.find(program).toString(), "serve", configuration.toString())
                    .serve("registry.log", "listening on"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Host and port. */
    String address() {
        return address;
    }

    public URI url() {
        return URI.create("http://" + address);
    }

    @Override
    public void close() {
        process.close();
    }
}
