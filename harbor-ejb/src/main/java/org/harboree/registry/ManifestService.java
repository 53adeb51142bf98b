// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
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
import org.harboree.project.ProjectService;
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
    private ProjectService projects;

    @Inject
    private ArtifactDao artifacts;

    @Inject
    private BlobDao blobs;

    @Inject
    private TagDao tags;

    @Inject
    private RepositoryDao rows;

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
        Facts facts = facts(name, manifest);
        List<PullCache.InRepository> heads = new ArrayList<>();
        try {
            repositories.in(name, () -> access.change(who, name, Action.PUSH), repository -> {
                doubt(repository, moved.stream().map(Tag::value).toList(), heads);
                return store(repository, manifest, moved, facts, who.caller());
            });
        } finally {
            heads.forEach(cache.tagHeads::settle);
        }
        return new Pushed(manifest.digest(), manifest.subject().map(Descriptor::digest), moved);
    }

    /** Read ahead where that takes long; should the blob be another one in the transaction it is read once more. */
    private Facts facts(RepositoryName name, Manifest manifest) {
        Optional<BlobRef> large = manifest.config().filter(config -> config.size() > SMALL_CONFIG_BYTES)
                .flatMap(config -> repositories.find(name)
                        .flatMap(repository -> work.call(() -> blobs.findIn(repository.id(), config.digest()))));
        Optional<ArtifactFacts> ahead = large.map(config -> inspector.inspect(manifest, large));
        return present -> {
            Optional<BlobRef> config = manifest.config().map(descriptor -> present.get(descriptor.digest()));
            return ahead.filter(read -> config.equals(large)).orElseGet(() -> inspector.inspect(manifest, config));
        };
    }

    /**
     * Inside the transaction, where the repository and its tags are known for certain, and before the write.
     *
     * @param doubted takes the keys that the caller settles when the transaction has ended
     */
    void doubt(RepositoryRef repository, List<String> names, List<PullCache.InRepository> doubted) {
        for (String name : names) {
            PullCache.InRepository head = PullCache.key(repository.id(), name);
            cache.tagHeads.doubt(head);
            doubted.add(head);
        }
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

    /** Where the facts of an artifact come from, by the blobs of it that are in the repository. */
    interface Facts extends Function<Map<Digest, BlobRef>, ArtifactFacts> {}

    /** In a running unit: puts the artifact into the repository unless it is there, moves the tags, tells of it. */
    Manifest store(RepositoryRef repository, Manifest manifest, List<Tag> moved, Facts facts, Caller operator) {
        boolean first = !repository.published() && rows.publish(repository.id());
        Map<Digest, BlobRef> present = blobs.lockIn(repository.id(),
                manifest.blobs().stream().map(Descriptor::digest).toList());
        Map<Digest, ArtifactDao.Child> children = artifacts.lockChildren(repository.id(),
                manifest.children().stream().map(Descriptor::digest).distinct().toList());
        requireReferences(manifest, present, children, () -> projects.allowsSparseIndex(repository.projectId()));
        Optional<Long> known = first ? Optional.empty() : artifacts.find(repository.id(), manifest.digest());
        long artifactId = known.orElseGet(() -> insert(repository, manifest, present, children, facts.apply(present)));
        if (known.isEmpty() && !first) {
            // the first artifact of a repository is awaited by none
            artifacts.adopt(repository.id(), artifactId, manifest.digest());
        }
        moved.forEach(tag -> tags.put(repository.id(), tag.value(), artifactId));
        events.write(RegistryEvents.ARTIFACT_PUSHED, repository, manifest.digest().toString(),
                moved.stream().map(Tag::value).toList(), operator);
        return manifest;
    }

    private long insert(RepositoryRef repository, Manifest manifest, Map<Digest, BlobRef> present,
            Map<Digest, ArtifactDao.Child> children, ArtifactFacts facts) {
        long artifactId = artifacts.insert(repository.id(), manifest, facts);
        artifacts.insertContent(artifactId, manifest.content());
        artifacts.insertBlobs(artifactId, present.values());
        List<Digest> missing = missing(manifest.blobs(), present);
        artifacts.insertMissingBlobs(artifactId, missing);
        artifacts.insertChildren(artifactId, manifest.children(), children);
        artifacts.weighIndex(artifactId, children.values().stream().map(ArtifactDao.Child::artifactId).toList());
        takeWhatHasCome(repository, missing, missing(manifest.children(), children));
        return artifactId;
    }

    private static List<Digest> missing(List<Descriptor> named, Map<Digest, ?> present) {
        return named.stream().map(Descriptor::digest).filter(digest -> !present.containsKey(digest)).distinct()
                .toList();
    }

    /**
     * What was missing may be on its way in another transaction, which did not see that it is awaited here. One of the
     * two waits for the other: both lock what they look for, after they have written what the other looks for.
     */
    private void takeWhatHasCome(RepositoryRef repository, List<Digest> missingBlobs, List<Digest> missingChildren) {
        blobs.lockIn(repository.id(), missingBlobs).values()
                .forEach(blob -> blobs.giveToWaiting(repository.id(), blob));
        artifacts.lockChildren(repository.id(), missingChildren)
                .forEach((digest, child) -> artifacts.adopt(repository.id(), child.artifactId(), digest));
    }

    private static void requireReferences(Manifest manifest, Map<Digest, BlobRef> present,
            Map<Digest, ArtifactDao.Child> children, BooleanSupplier sparse) {
        List<Digest> missing = new ArrayList<>();
        for (Descriptor blob : manifest.blobs()) {
            requireSize(blob, Optional.ofNullable(present.get(blob.digest())).map(BlobRef::size), missing);
        }
        for (Descriptor child : manifest.children()) {
            requireSize(child, Optional.ofNullable(children.get(child.digest())).map(ArtifactDao.Child::size), missing);
        }
        if (missing.isEmpty() || sparse.getAsBoolean()) {
            return;
        }
        HarborException refusal = null;
        for (Digest digest : missing) {
            String text = ErrorCode.MANIFEST_BLOB_UNKNOWN.message();
            Map<String, String> detail = Map.of("digest", digest.toString());
            refusal = refusal == null
                    ? new HarborException(ErrorCode.MANIFEST_BLOB_UNKNOWN, text, detail)
                    : refusal.and(ErrorCode.MANIFEST_BLOB_UNKNOWN, text, detail);
        }
        if (refusal != null) {
            throw refusal;
        }
    }

    /** An image whose descriptor lies about a size cannot be pulled; so it cannot be pushed. */
    private static void requireSize(Descriptor descriptor, Optional<Long> size, List<Digest> missing) {
        if (size.isEmpty()) {
            missing.add(descriptor.digest());
        } else if (size.get() != descriptor.size()) {
            throw new HarborException(ErrorCode.MANIFEST_INVALID,
                    descriptor.digest() + " has " + size.get() + " bytes, its descriptor says " + descriptor.size(),
                    Map.of("digest", descriptor.digest().toString()));
        }
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
        PullCache.InRepository key = PullCache.key(repository.id(), digest);
        List<PullCache.InRepository> heads = new ArrayList<>();
        cache.manifests.doubt(key);
        try {
            return work.call(() -> {
                Optional<Long> artifact = artifacts.lock(repository.id(), digest);
                // with the artifact locked no tag can come to name it
                artifact.ifPresent(id -> {
                    List<String> names = tags.namesOf(id);
                    doubt(repository, names, heads);
                    deleteRow(id);
                    events.write(RegistryEvents.ARTIFACT_DELETED, repository, digest.toString(), names, operator);
                });
                return artifact.isPresent();
            });
        } finally {
            cache.manifests.settle(key);
            heads.forEach(cache.tagHeads::settle);
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
