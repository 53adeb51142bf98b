// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.harboree.access.Action;
import org.harboree.access.Caller;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.oci.ContentRange;
import org.harboree.oci.Digest;
import org.harboree.oci.RepositoryName;
import org.harboree.storage.BlobStorage;
import org.harboree.transaction.UnitOfWork;

/**
 * Uploads of blobs (OCI Distribution Spec, "Pushing blobs"): sessions, chunks, and both monolithic ways.
 *
 * <p>No transaction and no connection is held while bytes stream. Bytes are durable before their offset is recorded,
 * and the offset is recorded before it is acknowledged.
 */
@ApplicationScoped
public class BlobUploadService {
    /** Open sessions of one caller in one repository. */
    private static final int MAX_OPEN = 100;
    private static final int RETRY_AFTER_SECONDS = 60;

    @Inject
    private RegistryAccess access;

    @Inject
    private Repositories repositories;

    @Inject
    private UploadDao uploads;

    @Inject
    private UploadLocks locks;

    @Inject
    private UploadHashes hashes;

    @Inject
    private BlobPublisher publisher;

    @Inject
    private BlobStorage storage;

    @Inject
    private UnitOfWork work;

    /**
     * Opens a session.
     *
     * @throws HarborException UNAUTHORIZED, TOO_MANY_REQUESTS with {@value #MAX_OPEN} sessions open
     */
    public Upload start(RegistryCaller who, RepositoryName name, Digest.Algorithm algorithm) {
        Upload upload = repositories.in(name, () -> access.change(who, name, Action.PUSH), repository -> {
            Upload opened = Upload.begin(repository.id(), who.caller(), algorithm);
            if (uploads.countOf(repository.id(), opened.owner()) >= MAX_OPEN) {
                throw new HarborException(ErrorCode.TOO_MANY_REQUESTS,
                        MAX_OPEN + " uploads to " + name + " are open").retryAfter(RETRY_AFTER_SECONDS);
            }
            uploads.insert(opened);
            return opened;
        });
        try {
            storage.stage(upload.id());
        } catch (IOException e) {
            work.run(() -> uploads.delete(upload.id()));
            throw new UncheckedIOException(e);
        }
        return upload;
    }

    /** The session, with the offset from which the client goes on; BLOB_UPLOAD_UNKNOWN unless it is the caller's. */
    public Upload status(RegistryCaller who, RepositoryName name, String id) {
        access.change(who, name, Action.PUSH);
        return find(who.caller(), name, id);
    }

    /**
     * Appends a chunk.
     *
     * @return the session at its new offset
     * @throws HarborException BLOB_UPLOAD_RANGE if the chunk does not start at the offset, SIZE_INVALID if it has not
     *     the length that was announced, BLOB_UPLOAD_CONFLICT if another request is writing
     */
    public Upload append(RegistryCaller who, RepositoryName name, String id, UploadBody body) {
        access.change(who, name, Action.PUSH);
        return locks.exclusively(id, () -> {
            Upload upload = find(who.caller(), name, id);
            requireNext(upload, body);
            return withStagedBytes(upload, () -> {
                MessageDigest hash = hashes.at(upload, upload.algorithm());
                Upload moved = write(upload, body, hash);
                locks.requireStillMine(id);
                if (!work.call(() -> uploads.advance(id, upload.offset(), moved.offset()))) {
                    throw unknown();
                }
                hashes.remember(moved, upload.algorithm(), hash);
                return moved;
            }, Optional::empty);
        });
    }

    /**
     * Ends the session with its last bytes, if any, and makes it a blob. A wrong digest leaves the session where it
     * was before the request: the client may send the rest again.
     *
     * @throws HarborException DIGEST_INVALID, and those of {@link #append}
     */
    public BlobRef finish(RegistryCaller who, RepositoryName name, String id, Digest digest, UploadBody body) {
        access.change(who, name, Action.PUSH);
        return locks.exclusively(id, () -> {
            Upload upload = find(who.caller(), name, id);
            requireNext(upload, body);
            BlobRef blob = withStagedBytes(upload, () -> publisher.publish(complete(upload, digest, body), digest),
                    () -> publisher.publishStored(upload, digest));
            hashes.forget(id);
            return blob;
        });
    }

    private Upload complete(Upload upload, Digest digest, UploadBody body) throws IOException {
        MessageDigest hash = hashes.at(upload, digest.algorithm());
        Upload whole = body.isEmpty() ? upload : write(upload, body, hash);
        requireDigest(digest, Digest.of(digest.algorithm(), hash.digest()));
        locks.requireStillMine(upload.id());
        return whole;
    }

    /** Opens, fills and ends a session in one request; nothing is left of it if the digest is wrong. */
    public BlobRef push(RegistryCaller who, RepositoryName name, Digest digest, UploadBody body) {
        Upload upload = start(who, name, digest.algorithm());
        boolean published = false;
        try {
            BlobRef blob = finish(who, name, upload.id(), digest, body);
            published = true;
            return blob;
        } finally {
            if (!published) {
                remove(upload.id());
            }
        }
    }

    /** Ends the session and forgets its bytes. */
    public void cancel(RegistryCaller who, RepositoryName name, String id) {
        access.change(who, name, Action.PUSH);
        find(who.caller(), name, id);
        remove(id);
    }

    /** A request that is still writing finds its session gone when it ends. */
    private void remove(String id) {
        work.run(() -> uploads.delete(id));
        hashes.forget(id);
        try {
            storage.discard(id);
        } catch (IOException e) {
            RegistryLog.LOG.stagedFileLeft(id, e);
        }
    }

    private Upload find(Caller caller, RepositoryName name, String id) {
        RepositoryRef repository = repositories.find(name).orElseThrow(() -> unknown());
        return work.call(() -> uploads.find(id))
                .filter(upload -> upload.repositoryId() == repository.id())
                .filter(upload -> upload.owner().equals(Upload.ownerOf(caller)))
                .orElseThrow(() -> unknown());
    }

    private static void requireNext(Upload upload, UploadBody body) {
        Optional<ContentRange> range = body.range();
        if (range.isPresent() && range.get().first() != upload.offset()) {
            throw new OutOfOrderChunk(upload);
        }
    }

    private Upload write(Upload upload, UploadBody body, MessageDigest hash) throws IOException {
        OptionalLong expected = body.expected();
        long appended = storage.append(upload.id(), upload.offset(), locks.guard(upload.id(), body.bytes()),
                hash::update, expected.orElse(Long.MAX_VALUE));
        if (expected.isPresent() && appended != expected.getAsLong()) {
            throw new HarborException(ErrorCode.SIZE_INVALID,
                    expected.getAsLong() + " bytes were announced, " + appended + " came");
        }
        return upload.at(upload.offset() + appended);
    }

    private static void requireDigest(Digest asked, Digest computed) {
        if (!asked.equals(computed)) {
            throw new HarborException(ErrorCode.DIGEST_INVALID, ErrorCode.DIGEST_INVALID.message(),
                    Map.of("expected", asked.toString(), "computed", computed.toString()));
        }
    }

    private interface Step<T> {
        T run() throws IOException;
    }

    /**
     * Runs what needs the staged bytes. Where they are missing, an earlier try may have brought the upload further; if
     * it has not, the session has nothing to go on with, and the client is told to begin anew, now and later.
     */
    private <T> T withStagedBytes(Upload upload, Step<T> step, Step<Optional<T>> otherwise) {
        try {
            try {
                return step.run();
            } catch (NoSuchFileException e) {
                Optional<T> further = otherwise.run();
                if (further.isEmpty()) {
                    RegistryLog.LOG.stagedFileLost(upload.id(), e);
                    remove(upload.id());
                }
                return further.orElseThrow(() -> unknown());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HarborException unknown() {
        return new HarborException(ErrorCode.BLOB_UPLOAD_UNKNOWN);
    }
}
