// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import java.util.OptionalLong;

/**
 * Keeps the bytes of blobs, and of uploads until they become blobs.
 *
 * <p>An upload goes {@code stage → append* → publish}, or {@code discard}. The caller sees to it that one upload is
 * worked on by one thread of one node at a time, and records the acknowledged offset. To publish: storage first, then
 * the database; to delete: the database first, then storage. A crash in between leaves bytes that nobody refers to,
 * never a reference without bytes.
 *
 * <p>All methods may block on I/O and are meant to be called outside of a transaction. No calling thread may be
 * interrupted meanwhile: Java closes the file under an interrupted thread. Upload ids are UUIDs in lower case; anything
 * else is an {@link IllegalArgumentException}. Every method that writes or deletes throws
 * {@link StorageUnavailableException} if the storage is not that of this installation, and {@link StorageFullException}
 * if there is no space.
 */
public interface BlobStorage {
    /**
     * Creates an empty staging file.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is one
     */
    void stage(String uploadId) throws IOException;

    /**
     * Bytes durable in the staging file, or -1 if there is none. It may be more than was acknowledged, when a process
     * died in the middle of an append. Costs a flush of the disk: for finding out after a restart, not for each request.
     */
    long stagedSize(String uploadId) throws IOException;

    /**
     * Cuts the staging file to {@code offset}, appends the whole body, and returns when all of it is on stable storage.
     *
     * <p>If the body fails, its exception comes through and the bytes before {@code offset} are kept; some of the body
     * may have been appended. If the storage is full or the body too long, the file is cut back to {@code offset}. If
     * the disk refuses to make the bytes durable, the upload is gone: they cannot be trusted. In each case the hasher
     * has seen an unknown part of the body.
     *
     * @param offset   bytes that were acknowledged before; the staging file has at least as many
     * @param body     in blocking mode; its end is the end of the bytes, a body cut short must throw. Not closed
     * @param hasher   is fed with every byte of the body
     * @param maxBytes the longest body to accept; {@link Long#MAX_VALUE} for no limit
     * @return the bytes that were appended
     * @throws java.nio.file.NoSuchFileException if there is no staging file
     * @throws BodyTooLargeException             if the body is longer than {@code maxBytes}
     */
    long append(String uploadId, long offset, ReadableByteChannel body, Hasher hasher, long maxBytes)
            throws IOException;

    /**
     * Feeds the staged bytes from 0 to {@code length} to the hasher, after a restart or on another node.
     *
     * @throws java.nio.file.NoSuchFileException if there is no staging file
     * @throws IOException                       if it is shorter than {@code length}
     */
    void rehash(String uploadId, long length, Hasher hasher) throws IOException;

    /**
     * Makes the staged file the blob of that key, atomically, and returns when that is durable. It trusts that the
     * caller has compared the digest. May be repeated with the same arguments after a failure or
     * a crash; a caller that gives up discards the upload and deletes the key.
     *
     * @param size the bytes that were acknowledged
     * @throws IOException if the staged file has another size; it stays as it is
     * @throws java.nio.file.FileAlreadyExistsException if the key has content: that is written once
     * @throws java.nio.file.NoSuchFileException        if there is no staging file
     */
    void publish(String uploadId, long size, BlobKey key) throws IOException;

    /** Removes the staging file; none is fine. */
    void discard(String uploadId) throws IOException;

    /**
     * Opens a blob for reading.
     *
     * @throws java.nio.file.NoSuchFileException if it is missing; any other exception does <em>not</em> mean missing
     */
    BlobContent open(BlobKey key) throws IOException;

    /** Bytes stored under the key, empty if it is missing; an exception does <em>not</em> mean missing. */
    OptionalLong size(BlobKey key) throws IOException;

    /** Removes a blob and returns when that is durable; none is fine. */
    void delete(BlobKey key) throws IOException;

    /**
     * Returns if the storage is that of this installation, can be written and can be trusted; asked by {@code /health}
     * and before anything is deleted in bulk.
     *
     * @throws StorageUnavailableException saying what is wrong
     */
    void checkReady() throws IOException;

    /** Ids of at most {@code limit} uploads that have a staging file, in no order, to find those without a session. */
    List<String> stagedUploads(int limit) throws IOException;
}
