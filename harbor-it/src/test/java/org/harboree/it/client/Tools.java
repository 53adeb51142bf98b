// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.client;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** Finds the programs that {@code .ci/install} puts on a machine: its own folder first, then the system's. */
final class Tools {

    private Tools() {
    }

    /** The file of a program; fails the test if there is none. */
    static Path find(String name) {
        Stream<Path> own = Stream.of(Path.of(System.getProperty("harbor.it.tools", "../target/tools/bin")));
        Stream<Path> path = Arrays.stream(System.getenv("PATH").split(File.pathSeparator)).map(Path::of);
        Stream<Path> daemons = Stream.of(Path.of("/usr/sbin"), Path.of("/sbin"));
        return Stream.of(own, path, daemons).flatMap(folders -> folders)
                .map(folder -> folder.resolve(name).toAbsolutePath().normalize())
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not installed; run .ci/install"));
    }
}
