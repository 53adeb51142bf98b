// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the driver asks the kernel for, and what it does when the kernel refuses: run with {@code -Dgroups=strace} where
 * strace is installed and may be used.
 */
@Tag("strace")
@Timeout(120)
class FilesystemSyscallsTest {
    private static final String ALL = "write,writev,pwrite64,pwritev,ftruncate,fsync,fdatasync,rename,renameat,"
            + "renameat2,mkdir,mkdirat,unlink";

    @TempDir
    Path directory;

    private Path root;
    private StorageLayout layout;

    @BeforeEach
    void makeDirectories() throws IOException {
        root = Files.createDirectory(directory.resolve("root"));
        Files.createDirectory(directory.resolve("acks"));
        layout = new StorageLayout(root);
    }

    private List<String> probe(String scenario, String... straceOptions) throws Exception {
        List<String> command = new ArrayList<>(List.of("strace", "-f", "-yy", "-qq", "-s", "8"));
        command.addAll(List.of("-o", directory.resolve("trace").toString()));
        command.addAll(List.of(straceOptions));
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-cp",
                System.getProperty("java.class.path"), SyscallProbe.class.getName(), root.toString(),
                directory.resolve("acks").toString(), scenario));
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile()).start();
        try {
            assertThat(process.waitFor()).describedAs(Files.readString(directory.resolve("output"))).isZero();
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
        }
        return Files.readAllLines(directory.resolve("output"));
    }

    private List<String> trace() throws IOException {
        return Files.readAllLines(directory.resolve("trace"));
    }

    /** Makes one kind of call on one path fail, the {@code nth} time that it comes. */
    private List<String> probeWith(String call, String error, Path path, String nth) throws Exception {
        return probe("faults", "-P", path.toString(), "-e", "trace=" + ALL, "-e",
                "inject=" + call + ":error=" + error + ":when=" + nth);
    }

    @Test
    void shouldSyncBeforeEachAcknowledgement() throws Exception {
        probe("publishes", "-e", "trace=" + ALL);

        List<Syscall> calls = Syscall.parse(trace());
        assertThat(DurabilityOrder.publishes(root.toString(), calls)).isEqualTo(5);
        assertThat(DurabilityOrder.violations(root.toString(), calls)).isEmpty();
    }

    @Test
    void shouldStartWriteBackOfALongBodyEarly() throws Exception {
        probe("publishes", "-e", "trace=" + ALL);

        List<Syscall> calls = Syscall.parse(trace());
        Syscall last = calls.stream().filter(call -> call.name().startsWith("rename")).reduce((a, b) -> b).get();
        assertThat(calls.stream().filter(call -> call.is("fdatasync", last.path())).count()).isGreaterThan(3);
    }

    @Test
    void shouldGiveAnUploadUpWhoseBytesCannotBeSynced() throws Exception {
        Path staged = layout.upload(SyscallProbe.UPLOAD);

        assertThat(probeWith("fdatasync", "EIO", staged, "2")).containsExactly("stage: done", "first append: done",
                "second append: SyncFailedException", "staged: -1", "publish: NoSuchFileException",
                "stored: OptionalLong.empty", "ready: StorageUnavailableException", "next push: done");
        assertThat(trace().stream().filter(line -> line.contains("sync("))).hasSize(2);
    }

    @Test
    void shouldNotLeaveABlobWhoseNameCannotBeSynced() throws Exception {
        for (Path unsynced : List.of(layout.digest(SyscallProbe.KEY), layout.digest(SyscallProbe.KEY).getParent())) {
            assertThat(probeWith("fsync", "EIO", unsynced, "1")).containsExactly("stage: done", "first append: done",
                    "second append: done", "staged: 30", "publish: SyncFailedException", "stored: OptionalLong.empty",
                    "ready: StorageUnavailableException", "next push: done");
            assertThat(trace().stream().filter(line -> line.contains("sync("))).hasSize(1);
        }
    }

    @Test
    void shouldFreeTheSpaceOfAnAppendWhenTheDiskIsFull() throws Exception {
        Path staged = layout.upload(SyscallProbe.UPLOAD);

        assertThat(probeWith("pwrite64", "ENOSPC", staged, "2")).containsExactly("stage: done", "first append: done",
                "second append: StorageFullException", "staged: 10", "publish: IOException",
                "stored: OptionalLong.empty", "ready: done", "next push: done");
    }

    @Test
    void shouldTakeAFullDiskAtTheSyncForFullNotForBroken() throws Exception {
        Path staged = layout.upload(SyscallProbe.UPLOAD);

        assertThat(probeWith("fdatasync", "ENOSPC", staged, "2")).contains("second append: StorageFullException",
                "staged: 10", "ready: done", "next push: done");
    }

    @Test
    void shouldGiveAnUploadUpThatCannotBeWritten() throws Exception {
        Path staged = layout.upload(SyscallProbe.UPLOAD);

        assertThat(probeWith("pwrite64", "EIO", staged, "2")).contains("first append: done",
                "second append: IOException", "staged: -1", "ready: done", "next push: done");
    }

    @Test
    void shouldKeepTheUploadWhenThereIsNoSpaceForItsNewName() throws Exception {
        assertThat(probeWith("mkdir", "ENOSPC", layout.digest(SyscallProbe.KEY), "1"))
                .contains("publish: StorageFullException", "stored: OptionalLong.empty", "ready: done");
        assertThat(layout.upload(SyscallProbe.UPLOAD)).hasSize(30);
    }

    @Test
    void shouldKeepTheUploadWhenThereIsNoSpaceAtTheRename() throws Exception {
        assertThat(probeWith("rename", "EDQUOT", layout.upload(SyscallProbe.UPLOAD), "1"))
                .contains("publish: StorageFullException", "stored: OptionalLong.empty", "ready: done");
        assertThat(layout.upload(SyscallProbe.UPLOAD)).hasSize(30);
    }

    @Test
    void shouldTellAReadOnlyDiskFromABrokenOne() throws Exception {
        assertThat(probeWith("rename", "EROFS", layout.upload(SyscallProbe.UPLOAD), "1"))
                .contains("publish: StorageUnavailableException", "ready: done");
    }
}
