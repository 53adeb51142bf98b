// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.harboree.access.Action;
import org.harboree.access.Caller;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.oci.Descriptor;
import org.harboree.oci.Digest;
import org.harboree.oci.Manifest;
import org.harboree.oci.ManifestParser;
import org.harboree.oci.Reference;
import org.harboree.oci.RepositoryName;
import org.harboree.oci.Tag;
import org.harboree.transaction.UnitOfWork;

/**
 * Pushes and deletes of manifests (OCI Distribution Spec, "Pushing Manifests", "Deleting Manifests", "Deleting tags").
 *
 * <p>One transaction for each: bytes, references, subject and tags, all or nothing. Readers see the old tag or the new
 * one, never neither.
 */
@ApplicationScoped
public class ManifestService {
    /** Tags in one push by digest ({@code ?tag=}). */
    private static final int MAX_TAGS = 46;

    /** A config of more bytes is read before the push's transaction begins; for a small one that look costs more. */
    private static final long SMALL_CONFIG_BYTES = 64 << 10;

    @Inject
    private RegistryAccess access;

    @Inject
    private Repositories repositories;

    @Inject
    private RepositoryWrites writes;

    @Inject
    private ArtifactDao artifacts;

    @Inject
    private BlobDao blobs;

    @Inject
    private TagDao tags;

    @Inject
    private ArtifactInspector inspector;

    @Inject
    private RegistryEvents events;

    @Inject
    private PullCache cache;

    @Inject
    private UnitOfWork work;

    /** The bytes that are pushed, which are not waited for before the caller may push them. */
    public interface Content {
        byte[] read();
    }

    /** What a push made. {@code subject} is the manifest's, for the header {@code OCI-Subject}. */
    public record Pushed(Digest digest, Optional<Digest> subject, List<Tag> tags) {}

    /**
     * Stores the manifest, verbatim, under its digest, and moves the tags to it.
     *
     * @param reference a tag, or the digest that the content must have
     * @param moreTags tags beside it; only with a digest
     * @throws HarborException UNAUTHORIZED, MANIFEST_INVALID, DIGEST_INVALID, MANIFEST_BLOB_UNKNOWN (one entry for each
     *     missing digest), TAGS_TOO_MANY
     */
    public Pushed push(RegistryCaller who, RepositoryName name, Reference reference, String contentType,
            Content content, List<String> moreTags) {
        access.admit(who, name, Action.PUSH);
        List<Tag> moved = tags(reference, moreTags);
        Manifest manifest = parse(reference, contentType, content.read());
        try (ManifestPush push = new ManifestPush(who, name, manifest, moved, facts(name, manifest))) {
            writes.run(push);
        }
        return new Pushed(manifest.digest(), manifest.subject().map(Descriptor::digest), moved);
    }

    /** Read ahead where that takes long; should the blob be another one in the transaction it is read once more. */
    private ManifestWriter.Facts facts(RepositoryName name, Manifest manifest) {
        Optional<BlobRef> large = manifest.config().filter(config -> config.size() > SMALL_CONFIG_BYTES)
                .flatMap(config -> repositories.find(name)
                        .flatMap(repository -> work.call(() -> blobs.findIn(repository.id(), config.digest()))));
        Optional<ArtifactFacts> ahead = large.map(config -> inspector.inspect(manifest, large));
        return present -> {
            Optional<BlobRef> config = manifest.config().map(descriptor -> present.get(descriptor.digest()));
            return ahead.filter(read -> config.equals(large)).orElseGet(() -> inspector.inspect(manifest, config));
        };
    }

    private static List<Tag> tags(Reference reference, List<String> more) {
        if (reference instanceof Tag tag) {
            if (!more.isEmpty()) {
                throw new HarborException(ErrorCode.TAG_INVALID, "the parameter tag goes with a digest only");
            }
            return List.of(tag);
        }
        if (more.size() > MAX_TAGS) {
            throw new HarborException(ErrorCode.TAGS_TOO_MANY);
        }
        return more.stream().distinct().map(Tag::parse).sorted().toList();
    }

    private static Manifest parse(Reference reference, String contentType, byte[] content) {
        Digest.Algorithm algorithm =
                reference instanceof Digest digest ? digest.algorithm() : Digest.Algorithm.SHA256;
        Manifest manifest = ManifestParser.parse(content, contentType, algorithm);
        if (reference instanceof Digest digest && !digest.equals(manifest.digest())) {
            throw new HarborException(ErrorCode.DIGEST_INVALID, ErrorCode.DIGEST_INVALID.message(),
                    Map.of("expected", digest.toString(), "computed", manifest.digest().toString()));
        }
        return manifest;
    }

    /**
     * Deletes a tag, or an artifact with all its tags.
     *
     * @throws HarborException UNAUTHORIZED, MANIFEST_UNKNOWN; MANIFEST_REFERENCED for a child of an index
     */
    public void delete(RegistryCaller who, RepositoryName name, Reference reference) {
        access.change(who, name, Action.DELETE);
        HarborException unknown = new HarborException(ErrorCode.MANIFEST_UNKNOWN, ErrorCode.MANIFEST_UNKNOWN.message(),
                Map.of("name", name.toString(), "reference", reference.toString()));
        RepositoryRef repository = repositories.find(name).orElseThrow(() -> unknown);
        boolean deleted = reference instanceof Tag tag
                ? deleteTag(repository, tag, who.caller())
                : deleteArtifact(repository, (Digest) reference, who.caller());
        if (!deleted) {
            throw unknown;
        }
    }

    boolean deleteTag(RepositoryRef repository, Tag tag, Caller operator) {
        PullCache.InRepository key = PullCache.key(repository.id(), tag.value());
        cache.tagHeads.doubt(key);
        try {
            return work.call(() -> {
                Optional<String> digest = events.isWanted(RegistryEvents.TAG_DELETED, repository)
                        ? tags.lockHead(repository.id(), tag.value()) : Optional.empty();
                digest.ifPresent(head -> events.write(RegistryEvents.TAG_DELETED, repository, head,
                        List.of(tag.value()), operator));
                return tags.delete(repository.id(), tag.value());
            });
        } finally {
            cache.tagHeads.settle(key);
        }
    }

    boolean deleteArtifact(RepositoryRef repository, Digest digest, Caller operator) {
        try (Doubts doubts = new Doubts()) {
            doubts.doubt(cache.manifests, PullCache.key(repository.id(), digest));
            return work.call(() -> {
                Optional<Long> artifact = artifacts.lock(repository.id(), digest);
                // with the artifact locked no tag can come to name it
                artifact.ifPresent(id -> {
                    List<String> names = tags.namesOf(id);
                    cache.doubtHeads(repository, names, doubts);
                    deleteRow(id);
                    events.write(RegistryEvents.ARTIFACT_DELETED, repository, digest.toString(), names, operator);
                });
                return artifact.isPresent();
            });
        }
    }

    private void deleteRow(long artifactId) {
        if (artifacts.isChild(artifactId)) {
            throw new HarborException(ErrorCode.MANIFEST_REFERENCED);
        }
        tags.deleteOf(artifactId);
        artifacts.delete(artifactId);
    }
}
