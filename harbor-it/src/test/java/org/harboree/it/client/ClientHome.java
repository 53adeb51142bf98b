// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.harboree.it.Product;

/**
 * A person's machine as the clients see it: a new home folder below {@code target/clients/}, where each client keeps
 * its logins, images and caches. Nothing is read from, or left in, the real home.
 */
final class ClientHome {

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();

    private ClientHome(Path folder) {
        this.folder = folder;
    }

    /** A new, empty home; nobody is logged in. */
    static ClientHome create(String name) {
        try {
            Path parent = Files.createDirectories(Path.of("target", "clients").toAbsolutePath());
            ClientHome home = new ClientHome(Files.createTempDirectory(parent, name + "-"));
            home.configure();
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException("No home for " + name, e);
        }
    }

    /** The home folder, which is also where commands run. */
    Path folder() {
        return folder;
    }

    /** A file or folder in the home. */
    String path(String name) {
        return folder.resolve(name).toString();
    }

    /** Sets a variable for all later commands. */
    void set(String variable, String value) {
        environment.put(variable, value);
    }

    /** A command of this person: the program's name and its arguments. */
    Command command(String program, String... arguments) {
        List<String> line = new ArrayList<>();
        line.add(Tools.find(program).toString());
        line.addAll(List.of(arguments));
        return new Command(line, folder, environment);
    }

    private void configure() throws IOException {
        set("HOME", folder.toString());
        set("TMPDIR", Files.createDirectory(folder.resolve("tmp")).toString());
        set("XDG_RUNTIME_DIR", Files.createDirectory(folder.resolve("run")).toString());
        set("NO_PROXY", "127.0.0.1,localhost");
        set("no_proxy", "127.0.0.1,localhost");
        set("DOCKER_CONFIG", Files.createDirectory(folder.resolve("docker")).toString());
        set("REGCTL_CONFIG", path("regctl.json"));
        configureContainers();
    }

    /** What podman, buildah and skopeo read; see containers-storage.conf(5) and its neighbours. */
    private void configureContainers() throws IOException {
        write("auth.json", "{\"auths\":{}}");
        write("storage.conf", "[storage]\ndriver = \"vfs\"\ngraphroot = \"" + path("storage") + "\"\nrunroot = \""
                + path("storage-run") + "\"\n");
        // A container without its own limits asks for more files than a machine without CAP_SYS_RESOURCE may give;
        // crun wants a pure cgroup v2, runc does not.
        write("containers.conf", "[engine]\nruntime = \"runc\"\ncgroup_manager = \"cgroupfs\"\n"
                + "events_logger = \"file\"\ntmp_dir = \"" + path("podman-run") + "\"\n"
                + "[containers]\ndefault_ulimits = [\"nofile=1024:1024\", \"nproc=1024:1024\"]\n");
        Files.createDirectories(folder.resolve(".config/containers"));
        write(".config/containers/policy.json", "{\"default\":[{\"type\":\"insecureAcceptAnything\"}]}");
        write(".config/containers/registries.conf", "unqualified-search-registries = []\n[[registry]]\nlocation = \""
                + Product.running().registry() + "\"\ninsecure = true\n");
        set("REGISTRY_AUTH_FILE", path("auth.json"));
        set("CONTAINERS_STORAGE_CONF", path("storage.conf"));
        set("CONTAINERS_CONF", path("containers.conf"));
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }
}
