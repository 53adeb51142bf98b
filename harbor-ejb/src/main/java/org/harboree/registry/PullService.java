// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import org.harboree.access.Action;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.oci.Digest;
import org.harboree.oci.Reference;
import org.harboree.oci.RepositoryName;
import org.harboree.oci.Tag;
import org.harboree.storage.BlobContent;
import org.harboree.storage.BlobStorage;
import org.harboree.transaction.UnitOfWork;

/**
 * Pulls: manifests and blobs out of a repository (OCI Distribution Spec, "Pull").
 *
 * <p>A warm pull is answered from memory, without a query and without a transaction; see {@link PullCache}.
 */
@ApplicationScoped
public class PullService {
    @Inject
    private RegistryAccess access;

    @Inject
    private PullCache cache;

    @Inject
    private TagDao tags;

    @Inject
    private ArtifactDao artifacts;

    @Inject
    private BlobDao blobs;

    @Inject
    private BlobStorage storage;

    @Inject
    private BlobLeases leases;

    @Inject
    private PullRecorder recorder;

    @Inject
    private UnitOfWork work;

    /**
     * The manifest under a tag or digest.
     *
     * @throws HarborException UNAUTHORIZED, NAME_UNKNOWN, MANIFEST_UNKNOWN
     */
    public StoredManifest manifest(RegistryCaller who, RepositoryName name, Reference reference) {
        RepositoryRef repository = access.pull(who, name);
        return find(repository, reference).orElseThrow(() -> new HarborException(ErrorCode.MANIFEST_UNKNOWN,
                "artifact " + name + (reference instanceof Tag ? ":" : "@") + reference + " not found",
                Map.of("name", name.toString(), "reference", reference.toString())));
    }

    /** Counts a pull of the manifest: of a GET, not of a HEAD. */
    public void pulled(StoredManifest manifest, Reference reference) {
        recorder.pulled(manifest.artifactId(), reference instanceof Tag tag ? tag.value() : null);
    }

    private Optional<StoredManifest> find(RepositoryRef repository, Reference reference) {
        if (reference instanceof Tag tag) {
            // between the two reads the tag may move and its old artifact be deleted: then the new head is the answer
            for (int attempt = 0; attempt < 3; attempt++) {
                Optional<String> head = cache.tagHeads.get(
                        PullCache.key(repository.id(), tag.value()),
                        key -> work.call(() -> tags.head(key.repositoryId(), key.name())));
                Optional<StoredManifest> manifest = head.flatMap(digest -> content(repository, digest));
                if (head.isEmpty() || manifest.isPresent()) {
                    return manifest;
                }
            }
            return Optional.empty();
        }
        return content(repository, reference.toString());
    }

    private Optional<StoredManifest> content(RepositoryRef repository, String digest) {
        return cache.manifests.get(PullCache.key(repository.id(), digest),
                key -> work.call(() -> artifacts.findContent(key.repositoryId(), key.name())));
    }

    /**
     * The blob of that digest in this repository. For a caller who may push, the answer is a promise that the blob
     * will still be there for the manifest that follows, so its lease is renewed.
     *
     * @throws HarborException UNAUTHORIZED, NAME_UNKNOWN, BLOB_UNKNOWN
     */
    public BlobRef blob(RegistryCaller who, RepositoryName name, Digest digest) {
        RepositoryRef repository = access.pull(who, name);
        return cache.blobs.get(PullCache.key(repository.id(), digest),
                        key -> work.call(() -> blobs.findIn(key.repositoryId(), digest)))
                .orElseThrow(() -> unknown(digest));
    }

    /** As {@link #blob}, for a HEAD: what a client that pushes asks before it decides not to upload. */
    public BlobRef promisedBlob(RegistryCaller who, RepositoryName name, Digest digest) {
        BlobRef blob = blob(who, name, digest);
        boolean pusher = who.token().isEmpty()
                || who.token().get().repositories().get(name.toString()).actions().contains(Action.PUSH);
        if (pusher && !isWhole(blob)) {
            throw unknown(digest);
        }
        return blob;
    }

    private boolean isWhole(BlobRef blob) {
        try {
            return leases.renew(blob.id()) && storage.size(blob.key()).orElse(-1) == blob.size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Opens the bytes; the caller closes them.
     *
     * @throws HarborException BLOB_UNKNOWN if the file is missing or has not the blob's size: such a blob is broken,
     *     and pushing it again repairs it
     */
    public BlobContent open(BlobRef blob) throws IOException {
        BlobContent content;
        try {
            content = storage.open(blob.key());
        } catch (NoSuchFileException e) {
            RegistryLog.LOG.blobFileMissing(blob.digest().toString(), blob.generation());
            throw unknown(blob.digest());
        }
        if (content.size() != blob.size()) {
            content.close();
            RegistryLog.LOG.blobFileHasWrongSize(blob.digest().toString(), blob.generation());
            throw unknown(blob.digest());
        }
        return content;
    }

    /** Blobs up to this size are kept in memory once they were pulled. */
    public static final int SMALL_BLOB_BYTES = 128 * 1024;

    /**
     * The content of a blob of at most {@value #SMALL_BLOB_BYTES} bytes, from memory or read and checked against its
     * digest; a view of its own, ready to be read.
     *
     * @throws HarborException BLOB_UNKNOWN if the file is missing, has the wrong size, or other content
     */
    public ByteBuffer smallContent(BlobRef blob) throws IOException {
        ByteBuffer known = cache.contents.getIfPresent(blob.key());
        if (known != null) {
            return known.duplicate();
        }
        ByteBuffer content = ByteBuffer.allocateDirect((int) blob.size());
        try (BlobContent file = open(blob)) {
            while (content.hasRemaining() && file.channel().read(content) >= 0) {
                // until all is read
            }
        }
        content.flip();
        MessageDigest hash = blob.digest().algorithm().newMessageDigest();
        hash.update(content.duplicate());
        if (!Digest.of(blob.digest().algorithm(), hash.digest()).equals(blob.digest())) {
            RegistryLog.LOG.blobFileIsCorrupt(blob.digest().toString(), blob.generation());
            throw unknown(blob.digest());
        }
        cache.contents.put(blob.key(), content);
        return content.duplicate();
    }

    private static HarborException unknown(Digest digest) {
        return new HarborException(ErrorCode.BLOB_UNKNOWN, ErrorCode.BLOB_UNKNOWN.message(),
                Map.of("digest", digest.toString()));
    }
}
