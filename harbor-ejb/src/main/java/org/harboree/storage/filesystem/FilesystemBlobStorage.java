// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage.filesystem;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import org.harboree.storage.BlobContent;
import org.harboree.storage.BlobKey;
import org.harboree.storage.BlobStorage;
import org.harboree.storage.Hasher;

/** Blobs and uploads as files below one directory (drawn in {@link StorageLayout}), which several nodes may share. */
public final class FilesystemBlobStorage implements BlobStorage {
    /** Memory for the buffers of all uploads together, unless said otherwise: 64 MiB. */
    public static final long DEFAULT_BUFFER_BYTES = 64L << 20;

    private final StorageRoot root;
    private final UploadFiles uploads;
    private final BlobFiles blobs;

    /** As the longer constructor, with {@link #DEFAULT_BUFFER_BYTES} and no id expected. */
    public FilesystemBlobStorage(Path root, Executor workers) {
        this(root, workers, DEFAULT_BUFFER_BYTES, Optional.empty());
    }

    /**
     * Does no I/O: a storage that is not there yet is unavailable until it is.
     *
     * @param root           the directory; made on first use if no id is expected
     * @param workers        lends threads to long uploads, up to three for each; one thread in all is enough
     * @param bufferBytes    memory for the buffers of all uploads together, taken as it is needed and kept
     * @param installationId the id that {@link #installationId()} told before; empty on the very first start, when an
     *                       empty root becomes the storage of a new installation
     */
    public FilesystemBlobStorage(Path root, Executor workers, long bufferBytes, Optional<String> installationId) {
        this.root = new StorageRoot(new StorageLayout(root), installationId);
        BufferPool pool = new BufferPool(bufferBytes);
        uploads = new UploadFiles(this.root, pool, workers);
        blobs = new BlobFiles(this.root);
    }

    /** The id in the marker, a UUID; record it with the metadata and give it to the constructor from then on. */
    public String installationId() throws IOException {
        return root.requireMine();
    }

    @Override
    public void stage(String uploadId) throws IOException {
        uploads.stage(uploadId);
    }

    @Override
    public long stagedSize(String uploadId) throws IOException {
        return uploads.size(uploadId);
    }

    @Override
    public long append(String uploadId, long offset, ReadableByteChannel body, Hasher hasher, long maxBytes)
            throws IOException {
        return uploads.append(uploadId, offset, new BodyReader(body, maxBytes), hasher);
    }

    @Override
    public void rehash(String uploadId, long length, Hasher hasher) throws IOException {
        uploads.rehash(uploadId, length, hasher);
    }

    @Override
    public void publish(String uploadId, long size, BlobKey key) throws IOException {
        blobs.publish(uploadId, size, key);
    }

    @Override
    public void discard(String uploadId) throws IOException {
        uploads.discard(uploadId);
    }

    @Override
    public BlobContent open(BlobKey key) throws IOException {
        return blobs.open(key);
    }

    @Override
    public OptionalLong size(BlobKey key) throws IOException {
        return blobs.size(key);
    }

    @Override
    public void delete(BlobKey key) throws IOException {
        blobs.delete(key);
    }

    @Override
    public void checkReady() throws IOException {
        root.checkReady();
    }

    @Override
    public List<String> stagedUploads(int limit) throws IOException {
        return uploads.list(limit);
    }
}
