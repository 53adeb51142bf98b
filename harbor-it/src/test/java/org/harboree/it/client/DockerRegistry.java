// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.harboree.it.ServerProcess;

/** Debian's docker-registry, another implementation of the distribution API, on a free port, with nothing in it. */
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

    /** @param more further lines of its configuration, in YAML */
    static DockerRegistry start(ClientHome home, String more) {
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
                    Tools.find("docker-registry").toString(), "serve", configuration.toString())
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
