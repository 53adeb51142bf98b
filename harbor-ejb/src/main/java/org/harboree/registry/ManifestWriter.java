// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.harboree.access.Caller;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.oci.Descriptor;
import org.harboree.oci.Digest;
import org.harboree.oci.Manifest;
import org.harboree.oci.Tag;
import org.harboree.project.ProjectService;
import org.harboree.registry.PullCache.InRepository;

/**
 * The rows of manifests, in a running unit of work: artifact, bytes, references, subject, tags and event.
 *
 * <p>Any number of manifests at once: each kind of row is read and written by one statement for all of them. What only
 * few manifests have (children, blobs that are missing) takes statements of its own.
 */
@Dependent
class ManifestWriter {
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
    private RegistryEvents events;

    /** Where the facts of an artifact come from, by the blobs of it that are in the repository. */
    interface Facts extends Function<Map<Digest, BlobRef>, ArtifactFacts> {}

    /** A manifest, the repository that takes it, and the tags that move to it; for one attempt. */
    static final class Entry {
        private final RepositoryRef repository;
        private final Manifest manifest;
        private final List<Tag> tags;
        private final Facts facts;
        private final Caller operator;
        private final InRepository key;
        private final List<InRepository> wantedBlobs;
        private final Map<Digest, BlobRef> blobs = new HashMap<>();
        private Map<Digest, ArtifactDao.Child> children = Map.of();

        Entry(RepositoryRef repository, Manifest manifest, List<Tag> tags, Facts facts, Caller operator) {
            this.repository = repository;
            this.manifest = manifest;
            this.tags = tags;
            this.facts = facts;
            this.operator = operator;
            this.key = PullCache.key(repository.id(), manifest.digest());
            this.wantedBlobs =
                    manifest.blobs().stream().map(blob -> PullCache.key(repository.id(), blob.digest())).toList();
        }

        RepositoryRef repository() {
            return repository;
        }

        private List<Digest> missingBlobs() {
            return missing(manifest.blobs(), blobs);
        }

        private List<Digest> missingChildren() {
            return missing(manifest.children(), children);
        }

        private static List<Digest> missing(List<Descriptor> named, Map<Digest, ?> present) {
            return named.stream().map(Descriptor::digest).filter(digest -> !present.containsKey(digest)).distinct()
                    .toList();
        }
    }

    /** As {@link #storeAll}, for one. @throws HarborException why it is refused */
    void store(Entry entry) {
        HarborException refusal = storeAll(List.of(entry)).get(entry);
        if (refusal != null) {
            throw refusal;
        }
    }

    /**
     * Puts the artifacts into their repositories unless they are there, moves the tags, tells of it.
     *
     * @return why some are refused, of which nothing is written
     */
    Map<Entry, HarborException> storeAll(List<Entry> entries) {
        Map<Entry, HarborException> refusals = new IdentityHashMap<>();
        findReferences(entries);
        List<Entry> sound = entries.stream().filter(entry -> isSound(entry, refusals)).toList();
        if (!sound.isEmpty()) {
            write(sound);
        }
        return refusals;
    }

    /** With their rows locked: first the blobs of all in the order of their digests, then the children. */
    private void findReferences(List<Entry> entries) {
        Map<InRepository, BlobRef> found = blobs.lockIn(entries.stream()
                .flatMap(entry -> entry.wantedBlobs.stream()).collect(Collectors.toCollection(LinkedHashSet::new)));
        for (Entry entry : entries) {
            for (InRepository wanted : entry.wantedBlobs) {
                Optional.ofNullable(found.get(wanted)).ifPresent(blob -> entry.blobs.put(blob.digest(), blob));
            }
            entry.children = artifacts.lockChildren(entry.repository.id(),
                    entry.manifest.children().stream().map(Descriptor::digest).distinct().toList());
        }
    }

    private boolean isSound(Entry entry, Map<Entry, HarborException> refusals) {
        try {
            requireReferences(entry);
            return true;
        } catch (HarborException refusal) {
            refusals.put(entry, refusal);
            return false;
        }
    }

    private void requireReferences(Entry entry) {
        List<Digest> missing = new ArrayList<>();
        for (Descriptor blob : entry.manifest.blobs()) {
            requireSize(blob, Optional.ofNullable(entry.blobs.get(blob.digest())).map(BlobRef::size), missing);
        }
        for (Descriptor child : entry.manifest.children()) {
            requireSize(child, Optional.ofNullable(entry.children.get(child.digest())).map(ArtifactDao.Child::size),
                    missing);
        }
        if (missing.isEmpty() || projects.allowsSparseIndex(entry.repository.projectId())) {
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
        throw refusal;
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

    private void write(List<Entry> entries) {
        boolean first = publish(entries);
        Set<InRepository> keys = entries.stream().map(entry -> entry.key).collect(Collectors.toSet());
        Map<InRepository, Long> ids = first ? new HashMap<>() : artifacts.findAll(keys);
        Map<InRepository, Entry> fresh = new LinkedHashMap<>();
        entries.stream().filter(entry -> !ids.containsKey(entry.key))
                .sorted(Comparator.<Entry>comparingLong(entry -> entry.repository.id())
                        .thenComparing(entry -> entry.key.name()))
                .forEach(entry -> fresh.putIfAbsent(entry.key, entry));
        if (!fresh.isEmpty()) {
            ids.putAll(insert(fresh.values()));
            if (!first) {
                // the first artifact of a repository is awaited by none
                artifacts.adopt(fresh.keySet(), ids);
            }
        }
        tags.putAll(entries.stream().flatMap(entry -> entry.tags.stream()
                .map(tag -> new TagDao.Head(entry.repository.id(), tag.value(), ids.get(entry.key)))).toList());
        entries.forEach(entry -> events.write(RegistryEvents.ARTIFACT_PUSHED, entry.repository,
                entry.manifest.digest().toString(), entry.tags.stream().map(Tag::value).toList(), entry.operator));
    }

    /** Whether these are the first artifacts of their repositories, of which no two share one. */
    private boolean publish(List<Entry> entries) {
        List<Long> unpublished = entries.stream().map(Entry::repository)
                .filter(repository -> !repository.published()).map(RepositoryRef::id).distinct().sorted().toList();
        return !unpublished.isEmpty() && rows.publish(unpublished) == entries.size();
    }

    private Map<InRepository, Long> insert(Collection<Entry> entries) {
        List<ArtifactDao.Row> made = entries.stream()
                .map(entry -> new ArtifactDao.Row(entry.repository.id(), entry.manifest,
                        entry.facts.apply(entry.blobs)))
                .toList();
        Map<InRepository, Long> ids = artifacts.insertAll(made);
        artifacts.insertContents(entries.stream().collect(Collectors.toMap(entry -> ids.get(entry.key),
                entry -> entry.manifest.content())));
        artifacts.insertBlobs(entries.stream().flatMap(entry -> entry.blobs.values().stream()
                .map(blob -> new ArtifactDao.Use(ids.get(entry.key), blob.id()))).toList());
        for (Entry entry : entries) {
            insertRare(ids.get(entry.key), entry);
        }
        return ids;
    }

    private void insertRare(long artifactId, Entry entry) {
        artifacts.insertMissingBlobs(artifactId, entry.missingBlobs());
        artifacts.insertChildren(artifactId, entry.manifest.children(), entry.children);
        artifacts.weighIndex(artifactId,
                entry.children.values().stream().map(ArtifactDao.Child::artifactId).toList());
        takeWhatHasCome(entry);
    }

    /**
     * What was missing may be on its way in another transaction, which did not see that it is awaited here. One of the
     * two waits for the other: both lock what they look for, after they have written what the other looks for.
     */
    private void takeWhatHasCome(Entry entry) {
        long repository = entry.repository.id();
        blobs.giveToWaiting(blobs.lockIn(entry.missingBlobs().stream()
                .map(digest -> PullCache.key(repository, digest)).toList()).values().stream()
                .map(blob -> new BlobDao.Link(repository, blob)).toList());
        artifacts.lockChildren(repository, entry.missingChildren()).forEach((digest, child) ->
                artifacts.adopt(Set.of(PullCache.key(repository, digest)),
                        Map.of(PullCache.key(repository, digest), child.artifactId())));
    }
}
