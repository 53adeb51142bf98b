// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.oci.Digest;
import org.harboree.storage.BlobKey;
import org.harboree.storage.BlobStorage;
import org.harboree.transaction.UnitOfWork;

/**
 * Makes a staged upload a blob: storage first, database last.
 *
 * <pre>
 *   a whole blob of that digest is there ─► link it, end the session │ remove our bytes
 *   otherwise   publish the bytes under a new generation │ row, link, end of session │ (lost a race: remove our bytes)
 *                                                     one transaction ▲
 * </pre>
 *
 * A crash between the steps leaves a file that no row names, never a row without its file; the session is still there
 * and ends with that file at the client's next try ({@link #publishStored}). A re-push of a blob whose
 * file is missing or has the wrong size repairs it.
 */
@ApplicationScoped
class BlobPublisher {
    @Inject
    private BlobDao blobs;

    @Inject
    private UploadDao uploads;

    @Inject
    private PullCache cache;

    @Inject
    private BlobStorage storage;

    @Inject
    private UnitOfWork work;

    private static BlobKey key(Upload upload, Digest digest) {
        return BlobKey.ofUpload(upload.id(), digest.algorithm().wireName(), digest.hex());
    }

    BlobRef publish(Upload upload, Digest digest) throws IOException {
        Optional<BlobRef> present = work.call(() -> blobs.findLive(digest));
        if (present.isPresent() && isWhole(present.get())) {
            Optional<BlobRef> linked = link(upload, digest, present.get());
            if (linked.isPresent()) {
                removeDuplicate(upload, digest, linked.get());
                return linked.get();
            }
        }
        return publishBytes(upload, digest, present.map(BlobRef::generation));
    }

    /** Goes on where an earlier try ended after it had stored the bytes; empty if it did not get as far as that. */
    Optional<BlobRef> publishStored(Upload upload, Digest digest) throws IOException {
        OptionalLong size = storage.size(key(upload, digest));
        return size.isPresent() ? Optional.of(publish(upload.at(size.getAsLong()), digest)) : Optional.empty();
    }

    private boolean isWhole(BlobRef blob) throws IOException {
        return storage.size(blob.key()).orElse(-1) == blob.size();
    }

    /** Empty if the blob has been collected, or replaced, since it was looked at. */
    private Optional<BlobRef> link(Upload upload, Digest digest, BlobRef seen) {
        return inDoubt(upload, digest, () -> work.call(() -> {
            Optional<BlobRef> blob = blobs.promise(digest).filter(b -> b.generation().equals(seen.generation()));
            blob.ifPresent(found -> endWith(upload, found));
            return blob;
        }));
    }

    private BlobRef publishBytes(Upload upload, Digest digest, Optional<String> broken) throws IOException {
        BlobKey key = key(upload, digest);
        storage.publish(upload.id(), upload.offset(), key);
        BlobRef blob = inDoubt(upload, digest, () -> work.call(() -> {
            BlobRef now = blobs.insertOrRevive(digest, upload.offset(), key.generation(), broken);
            endWith(upload, now);
            return now;
        }));
        if (broken.isPresent()) {
            // other repositories may remember the file that is no more; this is too rare to look for them
            cache.blobs.clear();
        }
        removeDuplicate(upload, digest, blob);
        return blob;
    }

    /** The session first: it goes with its repository, and a session that is there says that the repository is. */
    private void endWith(Upload upload, BlobRef blob) {
        if (!uploads.delete(upload.id())) {
            throw new HarborException(ErrorCode.BLOB_UPLOAD_UNKNOWN);
        }
        blobs.link(upload.repositoryId(), blob);
    }

    private <T> T inDoubt(Upload upload, Digest digest, Supplier<T> write) {
        PullCache.InRepository key = PullCache.key(upload.repositoryId(), digest);
        cache.blobs.doubt(key);
        try {
            return write.get();
        } finally {
            cache.blobs.settle(key);
        }
    }

    /** The bytes that the upload has brought, staged or stored, where the blob has others. */
    private void removeDuplicate(Upload upload, Digest digest, BlobRef blob) {
        BlobKey key = key(upload, digest);
        if (blob.generation().equals(key.generation())) {
            return;
        }
        try {
            storage.discard(upload.id());
            if (storage.size(key).isPresent()) {
                storage.delete(key);
            }
        } catch (IOException e) {
            RegistryLog.LOG.duplicateLeft(digest.toString(), key.generation(), e);
        }
    }
}
