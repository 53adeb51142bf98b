// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage.filesystem;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.harboree.storage.BodyTooLargeException;
import org.harboree.storage.Hasher;
import org.harboree.storage.StorageFullException;
import org.harboree.storage.StorageUnavailableException;

/** The staging files of uploads: everything before a publish. */
final class UploadFiles {
    private final StorageRoot root;
    private final BufferPool pool;
    private final BodyAppender appender;

    UploadFiles(StorageRoot root, BufferPool pool, Executor workers) {
        this.root = root;
        this.pool = pool;
        appender = new BodyAppender(pool, workers);
    }

    void stage(String id) throws IOException {
        Path staged = root.layout().upload(id);
        root.change(() -> {
            try {
                create(staged);
            } catch (NoSuchFileException e) {
                root.directories().forget();
                create(staged);
            }
            return null;
        });
    }

    private void create(Path staged) throws IOException {
        root.directories().ensure(staged.getParent());
        FileChannel.open(staged, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE).close();
    }

    /** Forces before it measures: after a crash there may be bytes that no fsync has seen. */
    long size(String id) throws IOException {
        Path staged = root.layout().upload(id);
        try (FileChannel file = open(staged)) {
            root.stable().force(file, staged);
            root.stable().forceDirectory(staged.getParent());
            return file.size();
        } catch (NoSuchFileException e) {
            root.missing(e);
            return -1;
        }
    }

    long append(String id, long offset, BodyReader body, Hasher hasher) throws IOException {
        Path staged = root.layout().upload(id);
        root.requireMine();
        root.directories().requireGenuine(staged.getParent());
        try (StagingFile file = StagingFile.open(staged, root.stable(), offset)) {
            append(file, body, hasher);
        }
        return body.total();
    }

    private void append(StagingFile file, BodyReader body, Hasher hasher) throws IOException {
        try {
            appender.append(body, hasher, file);
            file.force();
        } catch (IOException e) {
            if (body.hasThrown(e)) {
                throw e;
            }
            IOException failure = root.translate(e);
            recover(file, failure);
            throw failure;
        }
    }

    /** Frees the space at once where the upload can go on; removes it where the disk has lost bytes. */
    private static void recover(StagingFile file, IOException failure) {
        boolean resumable = failure instanceof BodyTooLargeException || failure instanceof StorageFullException;
        boolean untouched = failure instanceof StorageUnavailableException || failure instanceof ClosedChannelException;
        try {
            if (resumable) {
                file.cutBack();
            } else if (!untouched) {
                file.delete();
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    void rehash(String id, long length, Hasher hasher) throws IOException {
        Path staged = root.layout().upload(id);
        Optional<ByteBuffer> pooled = pool.tryAcquire();
        ByteBuffer buffer = pooled.orElseGet(() -> ByteBuffer.allocate(BodyAppender.SMALL_BUFFER));
        try (FileChannel file = open(staged)) {
            for (long left = length; left > 0; left -= buffer.limit()) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), left));
                if (file.read(buffer) < 0) {
                    throw new EOFException(staged + " has less than " + length + " bytes");
                }
                hasher.update(buffer.flip());
            }
        } catch (NoSuchFileException e) {
            throw root.missing(e);
        } finally {
            pooled.ifPresent(pool::release);
        }
    }

    private FileChannel open(Path staged) throws IOException {
        root.directories().requireGenuine(staged.getParent());
        return RegularFiles.open(staged, StandardOpenOption.READ);
    }

    /** Needs no sync: an upload that comes back after a power cut is a leftover like others. */
    void discard(String id) throws IOException {
        Path staged = root.layout().upload(id);
        root.change(() -> {
            try {
                root.directories().requireGenuine(staged.getParent());
                return Files.deleteIfExists(staged);
            } catch (NoSuchFileException e) {
                return false;
            }
        });
    }

    List<String> list(int limit) throws IOException {
        List<String> ids = new ArrayList<>();
        try (DirectoryStream<Path> shards = Files.newDirectoryStream(root.layout().uploads())) {
            for (Path shard : shards) {
                if (ids.size() < limit && RegularFiles.attributes(shard).isDirectory()) {
                    list(shard, limit, ids);
                }
            }
        } catch (NoSuchFileException e) {
            root.missing(e);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return ids;
    }

    private static void list(Path shard, int limit, List<String> ids) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(shard)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (ids.size() < limit && StorageLayout.isUploadId(name)) {
                    ids.add(name);
                }
            }
        }
    }
}
