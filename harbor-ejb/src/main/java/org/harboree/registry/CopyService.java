// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.harboree.access.Caller;
import org.harboree.access.Permission;
import org.harboree.access.ProjectRef;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.oci.ArtifactName;
import org.harboree.oci.Digest;
import org.harboree.oci.Manifest;
import org.harboree.oci.ManifestParser;
import org.harboree.oci.Reference;
import org.harboree.oci.RepositoryName;
import org.harboree.oci.Tag;
import org.harboree.project.Projects;

/**
 * Copies an artifact into another repository, with all its tags, the children of an index and the accessories of each.
 *
 * <p>One transaction: all of it is there, or nothing. No bytes move, the blobs become the other repository's, too.
 * What the other repository has already stays as it is; of the artifact itself then only the tags are copied.
 */
@ApplicationScoped
public class CopyService {
    /** Artifacts in one copy: it is one transaction, which must end in its time. */
    static final int MAX_ARTIFACTS = 5_000;

    @Inject
    private RepositoryDirectory directory;

    @Inject
    private Repositories repositories;

    @Inject
    private ArtifactService found;

    @Inject
    private ManifestWriter writer;

    @Inject
    private ArtifactDao artifacts;

    @Inject
    private BlobDao blobs;

    @Inject
    private TagDao tags;

    @Inject
    private PullCache cache;

    /**
     * Copies an artifact.
     *
     * @param project where to
     * @param repository its name inside the project; made if there is none
     * @param from see {@link ArtifactName}
     * @return tag or digest, by which it was named
     * @throws HarborException without the right to create in the project, or to read where it comes from, as
     *     {@link Projects#resolve}; BAD_REQUEST for a name that is none, or more than {@value #MAX_ARTIFACTS}
     *     artifacts; NOT_FOUND without such an artifact; DENIED for an accessory, which is copied with its subject
     */
    public Reference copy(Caller caller, String project, String repository, String from) {
        ProjectRef room = directory.project(caller, project, Permission.ARTIFACT_CREATE);
        ArtifactName artifact = ArtifactName.parse(from);
        RepositoryRef source = directory.repository(caller, artifact.repository().project(),
                artifact.repository().inProject(), Permission.ARTIFACT_READ);
        RepositoryName target = target(room, repository);
        try (Doubts doubts = new Doubts()) {
            repositories.in(target, () -> room, place -> {
                copy(caller, source, artifact, place, doubts);
                return place;
            });
        }
        return artifact.reference();
    }

    private static RepositoryName target(ProjectRef project, String repository) {
        try {
            return RepositoryName.parse(project.name() + "/" + repository);
        } catch (HarborException e) {
            throw new HarborException(ErrorCode.BAD_REQUEST, "invalid repository name");
        }
    }

    private void copy(Caller caller, RepositoryRef source, ArtifactName from, RepositoryRef target,
            Doubts doubts) {
        Digest root = Digest.parse(found.row(source, from.reference().toString()).digest());
        long id = hold(source, root).orElseThrow(() ->
                new HarborException(ErrorCode.NOT_FOUND, "artifact " + from + " not found"));
        if (stored(source, root).subject().isPresent()) {
            throw new HarborException(ErrorCode.DENIED, "the operation isn't supported for an artifact accessory");
        }
        List<String> names = tags.namesOf(id);
        cache.doubtHeads(target, names, doubts);
        List<Tag> moved = names.stream().map(Tag::parse).toList();
        List<Digest> missing = missing(source, target, root);
        for (Digest digest : missing.isEmpty() ? List.of(root) : missing) {
            store(caller, source, target, digest, digest.equals(root) ? moved : List.of());
        }
    }

    /** Held against deletion until the copy is done, and so are its children and its blobs. */
    private Optional<Long> hold(RepositoryRef repository, Digest digest) {
        return Optional.ofNullable(artifacts.lockChildren(repository.id(), List.of(digest)).get(digest))
                .map(ArtifactDao.Child::artifactId);
    }

    /**
     * What the other repository has not: children before their index, accessories after their subject. A loop, for
     * indexes and subjects may follow one another as long as a client likes.
     */
    private List<Digest> missing(RepositoryRef source, RepositoryRef target, Digest root) {
        List<Digest> order = new ArrayList<>();
        Set<Digest> opened = new HashSet<>();
        Set<Digest> closed = new HashSet<>();
        Deque<Digest> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            requireFew(open.size() + order.size());
            Digest next = open.peek();
            if (closed.contains(next)) {
                open.pop();
            } else if (opened.add(next)) {
                Optional<Long> id = artifacts.find(target.id(), next).isPresent()
                        ? Optional.empty() : hold(source, next);
                if (id.isEmpty()) {
                    closed.add(open.pop());
                }
                id.map(artifacts::presentChildren).orElse(List.of()).stream()
                        .filter(child -> !closed.contains(child)).forEach(open::push);
            } else {
                closed.add(open.pop());
                order.add(next);
                artifacts.referrerDigests(source.id(), next, 0, MAX_ARTIFACTS)
                        .forEach(row -> open.push(Digest.parse(Sql.text(row, 1))));
            }
        }
        return order;
    }

    private static void requireFew(int count) {
        if (count > MAX_ARTIFACTS) {
            throw new HarborException(ErrorCode.BAD_REQUEST,
                    "more than " + MAX_ARTIFACTS + " artifacts would have to be copied");
        }
    }

    private void store(Caller caller, RepositoryRef source, RepositoryRef target, Digest digest, List<Tag> moved) {
        Manifest manifest = stored(source, digest);
        long id = artifacts.find(source.id(), digest).orElseThrow();
        blobs.ofArtifact(id).forEach(blob -> blobs.link(target.id(), blob));
        writer.store(new ManifestWriter.Entry(target, manifest, moved, present -> artifacts.facts(id), caller));
    }

    private Manifest stored(RepositoryRef repository, Digest digest) {
        StoredManifest stored = artifacts.findContent(repository.id(), digest.toString()).orElseThrow();
        return ManifestParser.parse(stored.content(), stored.mediaType(), digest.algorithm());
    }
}
