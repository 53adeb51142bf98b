// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.harboree.it.ServerProcess;

/**
 * A Docker daemon of our own: no systemd, no bridge, no packet filter, nothing of the machine's own Docker. It needs
 * root. Its containerd, which ctr talks to, comes and goes with it.
 */
final class DockerDaemon implements AutoCloseable {

    private final ClientHome home;
    private final Path sockets;
    private final ServerProcess process;

    private DockerDaemon(ClientHome home, Path sockets, ServerProcess process) {
        this.home = home;
        this.sockets = sockets;
        this.process = process;
    }

    /** Starts one that keeps its images in a person's home, and points the person's docker command at it. */
    static DockerDaemon start(ClientHome home) {
        // A socket's path must be shorter than 108 characters, and a checkout may lie deeper than that.
        Path sockets = temporaryFolder();
        ServerProcess process = home.command("dockerd",
                "--host=unix://" + sockets.resolve("docker.sock"),
                "--exec-root=" + sockets.resolve("exec"),
                "--pidfile=" + sockets.resolve("docker.pid"),
                "--data-root=" + home.path("docker-data"),
                "--storage-driver=vfs",
                "--bridge=none", "--iptables=false", "--ip6tables=false", "--ip-forward=false", "--ip-masq=false",
                "--insecure-registry=127.0.0.0/8").serve("dockerd.log", "API listen on");
        DockerDaemon daemon = new DockerDaemon(home, sockets, process);
        daemon.serve(home);
        return daemon;
    }

    /** Points a person's docker command at this daemon. */
    void serve(ClientHome person) {
        person.set("DOCKER_HOST", "unix://" + sockets.resolve("docker.sock"));
        // The classic builder is the one that both Debian's client and newer ones have without a plugin.
        person.set("DOCKER_BUILDKIT", "0");
    }

    /** Socket of the daemon's containerd. */
    String containerd() {
        return sockets.resolve("exec/containerd/containerd.sock").toString();
    }

    @Override
    public void close() {
        process.close();
        // It leaves its network namespace mounted and, where mounts are shared, its data folder upon itself. What
        // cannot be cleaned up is no failure of the product.
        for (String mount : List.of(sockets.resolve("exec/netns/default").toString(), home.path("docker-data"))) {
            home.command("umount", "--lazy", mount).run();
        }
        home.command("rm", "-rf", "--one-file-system", sockets.toString(), home.path("docker-data")).run();
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("harbor-it-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
