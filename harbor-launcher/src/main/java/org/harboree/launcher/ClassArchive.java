// SPDX-License-Identifier: Apache-2.0
package org.harboree.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The server's classes as the JVM has parsed and verified them, in a file that the next start maps into memory (class
 * data sharing, JEP 350): that start takes a fifth less. The first server of a build that is stopped in order writes
 * it, in some seconds, while the process ends.
 *
 * <p>It only saves time. The JVM checks it against itself and against each class that is loaded, and does without what
 * does not fit; without the file everything works as well.
 */
final class ClassArchive {
    private static final String PREFIX = "classes-";
    private static final String SUFFIX = ".jsa";
    /** Not the archive itself: a process that is killed leaves half of one behind. */
    private static final String UNFINISHED = ".new";
    private static final int KEY_BYTES = 16;
    /** It is about 130 MB, and a disk that is nearly full is for blobs. */
    private static final long LEAST_FREE_BYTES = 1L << 30;
    private static final Pattern OF_ITS_OWN =
            Pattern.compile("-javaagent:|-agentlib:|-agentpath:|-Xshare:|SharedArchiveFile=|ArchiveClassesAtExit=");

    private final Path folder;

    /** @param folder where it is kept */
    ClassArchive(Path folder) {
        this.folder = folder;
    }

    /**
     * Whether a JVM with these options can have an archive. With an agent, which changes classes as they are loaded, it
     * would refuse to start; and who says what to do with archives is not contradicted.
     */
    static boolean goesWith(String options) {
        return !OF_ITS_OWN.matcher(options).find();
    }

    /**
     * Options for the server's JVM: to read the archive, or to write it. Removes those of other builds.
     *
     * @param java what the JVM compares before it reads one, or does otherwise with other options
     * @param application where the classes come from; it may be built anew as often as one likes, if its content stays
     */
    List<String> options(List<String> java, Path application) throws IOException {
        Files.createDirectories(folder);
        Path archive = folder.resolve(PREFIX + key(java, application) + SUFFIX);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*")) {
            for (Path file : files) {
                if (!file.equals(archive)) {
                    Files.delete(file);
                }
            }
        }
        if (Files.exists(archive)) {
            return List.of("-XX:SharedArchiveFile=" + archive);
        }
        boolean room = Files.getFileStore(folder).getUsableSpace() >= LEAST_FREE_BYTES;
        // What cannot be archived is nobody's concern.
        return room ? List.of("-XX:ArchiveClassesAtExit=" + archive + UNFINISHED, "-Xlog:cds=off",
                "-Xlog:cds+dynamic=off") : List.of();
    }

    private static String key(List<String> java, Path application) throws IOException {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(String.join("\n", java).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha256.digest(Files.readAllBytes(application)), 0, KEY_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java has SHA-256", e);
        }
    }

    /**
     * What the server has written is what the next one reads; to be called when it has ended by itself. If that cannot
     * be, the next one writes it again: nothing that is being stopped waits for it.
     */
    void keep() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*" + UNFINISHED)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                Files.move(file, folder.resolve(name.substring(0, name.length() - UNFINISHED.length())),
                        StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException notKept) {
            // removed by the next start
        }
    }
}
