// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.harboree.storage.Bodies;
import org.harboree.storage.BlobKey;
import org.harboree.storage.BlobStorage;
import org.harboree.storage.RecordingHasher;
import org.harboree.storage.StorageUnavailableException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an administrator, a backup tool or an unmounted disk may do to the directory. */
@Timeout(30)
class FilesystemFaultsTest {
    private static final BlobKey KEY = new BlobKey("sha256", "ab".repeat(32), "01".repeat(16));
    private static final BlobKey OTHER = new BlobKey("sha256", "cd".repeat(32), "01".repeat(16));
    private static final String UPLOAD = "3c5e9f0a-0000-4000-8000-000000000000";

    @TempDir
    Path directory;

    private Path root;
    private Path canary;
    private StorageLayout layout;
    private FilesystemBlobStorage testee;

    @BeforeEach
    void start() throws IOException {
        root = directory.resolve("root");
        canary = Files.writeString(Files.createDirectory(directory.resolve("outside")).resolve("canary"), "mine");
        layout = new StorageLayout(root);
        testee = new FilesystemBlobStorage(root, Runnable::run);
    }

    private static void push(BlobStorage storage, BlobKey key) throws IOException {
        String id = UUID.randomUUID().toString();
        storage.stage(id);
        append(storage, id);
        storage.publish(id, 3, key);
    }

    private static void append(BlobStorage storage, String id) throws IOException {
        storage.append(id, 0, Bodies.of(new byte[] {1, 2, 3}), new RecordingHasher(), 3);
    }

    private FilesystemBlobStorage expecting(String installationId) {
        return new FilesystemBlobStorage(root, Runnable::run, 1 << 20, Optional.of(installationId));
    }

    private static void assertUnavailable(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(StorageUnavailableException.class);
    }

    @Test
    void shouldRefuseEverythingWhileTheMarkerIsMissingAndGoOnWhenItIsBack() throws IOException {
        push(testee, KEY);
        testee.stage(UPLOAD);
        Path away = directory.resolve("away");
        Files.move(layout.root(), away);
        Files.createDirectory(layout.root());

        assertUnavailable(() -> testee.checkReady());
        assertUnavailable(() -> testee.stage(UUID.randomUUID().toString()));
        assertUnavailable(() -> append(testee, UPLOAD));
        assertUnavailable(() -> testee.publish(UPLOAD, 0, OTHER));
        assertUnavailable(() -> testee.discard(UPLOAD));
        assertUnavailable(() -> testee.delete(KEY));
        assertUnavailable(() -> testee.open(KEY));
        assertUnavailable(() -> testee.size(KEY));
        assertUnavailable(() -> testee.stagedSize(UPLOAD));
        assertUnavailable(() -> testee.stagedUploads(1));
        assertThat(layout.root()).isEmptyDirectory();

        Files.delete(layout.root());
        Files.move(away, layout.root());
        assertThatCode(() -> testee.checkReady()).doesNotThrowAnyException();
        assertThat(testee.size(KEY)).hasValue(3);
        push(testee, OTHER);
    }

    @Test
    void shouldRefuseTheStorageOfAnotherInstallation() throws IOException {
        push(testee, KEY);

        assertUnavailable(() -> expecting(UUID.randomUUID().toString()).delete(KEY));
        assertThatCode(() -> expecting(testee.installationId()).delete(KEY)).doesNotThrowAnyException();
    }

    @Test
    void shouldNotTakeAnEmptyDirectoryForTheStorageItKnows() {
        assertUnavailable(() -> expecting(UUID.randomUUID().toString()).checkReady());
        assertThat(root).doesNotExist();
    }

    @Test
    void shouldNotAdoptADirectoryThatHoldsOtherThings() throws IOException {
        Files.createDirectory(root);
        Files.createFile(root.resolve("something"));

        assertUnavailable(() -> testee.checkReady());
    }

    @Test
    void shouldKeepItsInstallationId() throws IOException {
        assertThat(new FilesystemBlobStorage(root, Runnable::run).installationId()).isEqualTo(testee.installationId());
    }

    @Test
    void shouldNotHangOnAFifo() throws Exception {
        push(testee, KEY);
        testee.stage(UPLOAD);
        replaceByFifo(layout.blob(KEY));
        replaceByFifo(layout.upload(UPLOAD));

        assertNotMissing(() -> testee.open(KEY));
        assertNotMissing(() -> testee.size(KEY));
        assertNotMissing(() -> testee.stagedSize(UPLOAD));
        assertNotMissing(() -> append(testee, UPLOAD));
        assertNotMissing(() -> testee.publish(UPLOAD, 0, OTHER));
    }

    private static void replaceByFifo(Path file) throws Exception {
        Files.delete(file);
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
    }

    private static void assertNotMissing(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IOException.class).isNotInstanceOf(NoSuchFileException.class);
    }

    @Test
    void shouldNotFollowASymbolicLinkInPlaceOfAFile() throws IOException {
        push(testee, KEY);
        testee.stage(UPLOAD);
        replaceByLink(layout.blob(KEY), canary);
        replaceByLink(layout.upload(UPLOAD), canary);

        assertNotMissing(() -> testee.open(KEY));
        assertNotMissing(() -> append(testee, UPLOAD));
        assertNotMissing(() -> testee.publish(UPLOAD, 4, OTHER));
        testee.discard(UPLOAD);
        assertThat(canary).hasContent("mine");
    }

    @Test
    void shouldNotGoThroughASymbolicLinkInPlaceOfADirectory() throws IOException {
        push(testee, KEY);
        testee.stage(UPLOAD);
        Path outside = canary.getParent();
        for (Path inside : new Path[] {layout.blob(KEY), layout.upload(UPLOAD)}) {
            Path moved = outside.resolve(inside.getParent().getFileName());
            Files.move(inside.getParent(), moved);
            Files.createSymbolicLink(inside.getParent(), moved);
        }
        FilesystemBlobStorage restarted = new FilesystemBlobStorage(root, Runnable::run);

        assertNotMissing(() -> restarted.open(KEY));
        assertNotMissing(() -> restarted.delete(KEY));
        assertNotMissing(() -> push(restarted, KEY));
        assertNotMissing(() -> append(restarted, UPLOAD));
        assertNotMissing(() -> restarted.discard(UPLOAD));
        assertThat(restarted.stagedUploads(10)).doesNotContain(UPLOAD);
        assertThat(outside.resolve(KEY.hex()).resolve(KEY.generation())).hasBinaryContent(new byte[] {1, 2, 3});
        assertThat(outside.resolve(UPLOAD.substring(0, 2)).resolve(UPLOAD)).exists();
    }

    private static void replaceByLink(Path file, Path target) throws IOException {
        Files.delete(file);
        Files.createSymbolicLink(file, target);
    }

    @Test
    void shouldNotTakeAnUnreadableBlobForAMissingOne() throws IOException {
        assumeFalse("root".equals(System.getProperty("user.name")), "root may read everything");
        push(testee, KEY);
        Files.setPosixFilePermissions(layout.digest(KEY), PosixFilePermissions.fromString("---------"));

        assertNotMissing(() -> testee.open(KEY));
        assertNotMissing(() -> testee.size(KEY));
        Files.setPosixFilePermissions(layout.digest(KEY), PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void shouldListNothingButUploads() throws IOException {
        testee.stage(UPLOAD);
        Files.createFile(layout.uploads().resolve("stray"));
        Files.createFile(layout.upload(UPLOAD).resolveSibling("stray"));
        Files.createDirectory(layout.uploads().resolve("lost+found"));

        assertThat(testee.stagedUploads(10)).containsExactly(UPLOAD);
    }

    @Test
    void shouldMakeDirectoriesAgainThatWereRemoved() throws IOException {
        push(testee, KEY);
        testee.delete(KEY);
        Files.delete(layout.digest(KEY).getParent());
        Files.delete(layout.digest(KEY).getParent().getParent());
        push(testee, KEY);
        try (Stream<Path> shards = Files.list(layout.uploads())) {
            for (Path shard : shards.toList()) {
                Files.delete(shard);
            }
        }
        Files.delete(layout.uploads());

        push(testee, OTHER);

        assertThat(testee.size(KEY)).hasValue(3);
        assertThat(testee.size(OTHER)).hasValue(3);
    }

    @Test
    void shouldLeaveNoDirectoryOfADigestBehind() throws IOException {
        push(testee, KEY);

        testee.delete(KEY);

        assertThat(layout.digest(KEY)).doesNotExist();
        assertThat(layout.digest(KEY).getParent()).isEmptyDirectory();
    }
}
