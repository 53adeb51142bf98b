// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.harboree.access.Caller;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.listing.Page;
import org.harboree.listing.PageRequest;
import org.harboree.oci.Descriptor;
import org.harboree.oci.Digest;
import org.harboree.oci.NamePattern;
import org.harboree.oci.Reference;
import org.harboree.oci.RepositoryName;
import org.harboree.oci.Tag;
import org.harboree.project.NewProject;
import org.harboree.registry.ArtifactDetails;
import org.harboree.registry.ArtifactService;
import org.harboree.registry.BlobRef;
import org.harboree.registry.CatalogService;
import org.harboree.registry.ReferrersService;
import org.harboree.registry.RegistryCaller;
import org.harboree.registry.StoredManifest;
import org.harboree.registry.Upload;
import org.harboree.registry.UploadBody;
import org.harboree.remote.AdapterInfo;
import org.harboree.remote.OutgoingBlob;
import org.harboree.remote.PieceSize;
import org.harboree.remote.RemoteArtifact;
import org.harboree.remote.RemoteEndpoint;
import org.harboree.remote.RemoteManifest;
import org.harboree.remote.RemoteName;
import org.harboree.remote.RemoteRegistry;
import org.harboree.storage.BlobContent;

/**
 * This registry as one side of a copy: each call is one of the services that a push or a pull goes through, with the
 * rights of the policy's owner. A refusal by one of them is a {@link HarborException}.
 */
final class LocalRegistry implements RemoteRegistry {
    private static final int LISTED = 100;
    private static final Set<ErrorCode> NOT_THERE = Set.of(ErrorCode.NAME_UNKNOWN, ErrorCode.MANIFEST_UNKNOWN,
            ErrorCode.BLOB_UNKNOWN, ErrorCode.NOT_FOUND);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LocalServices services;
    private final Caller caller;
    private final RegistryCaller pusher;
    private final RemoteEndpoint endpoint;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    LocalRegistry(LocalServices services, Caller caller, RemoteEndpoint endpoint) {
        this.services = services;
        this.caller = caller;
        this.pusher = RegistryCaller.of(caller);
        this.endpoint = endpoint;
    }

    @Override
    public RemoteEndpoint endpoint() {
        return endpoint;
    }

    @Override
    public void ping() {
        // it is this process
    }

    @Override
    public AdapterInfo info() {
        return new AdapterInfo(endpoint.type(), "", List.of(), List.of(), true);
    }

    @Override
    public List<RemoteName> repositories(NamePattern pattern) {
        Optional<List<String>> names = pattern.literalNames();
        if (names.isPresent()) {
            return names.get().stream().filter(RemoteName::isWellFormed).map(RemoteName::parse).sorted().toList();
        }
        List<RemoteName> found = new ArrayList<>();
        String last = "";
        CatalogService.Names page;
        do {
            page = services.catalog().catalog(pusher, OptionalInt.empty(), last);
            for (String name : page.names()) {
                last = name;
                if (pattern.matches(name)) {
                    found.add(RemoteName.parse(name));
                }
            }
        } while (page.more());
        return found;
    }

    @Override
    public List<RemoteArtifact> artifacts(RemoteName repository) {
        Optional<RepositoryName> name = name(repository).filter(this::hasProject);
        if (name.isEmpty()) {
            return List.of();
        }
        List<RemoteArtifact> found = new ArrayList<>();
        int number = 1;
        Page<ArtifactDetails> page;
        do {
            page = services.artifacts().list(caller, name.get().project(), name.get().inProject(),
                    new PageRequest(number, LISTED), "", "id", new ArtifactService.Wanted(true, false));
            page.items().forEach(artifact -> found.add(artifact(artifact)));
            number++;
        } while (page.items().size() == LISTED);
        return found;
    }

    private static RemoteArtifact artifact(ArtifactDetails artifact) {
        List<Tag> tags = artifact.tags().stream().map(tag -> Tag.parse(tag.name())).sorted().toList();
        return new RemoteArtifact(Optional.of(Digest.parse(artifact.digest())), tags, Set.of(), false, List.of());
    }

    /** The tags of one artifact; none if it is not there. */
    List<Tag> tagsOf(RemoteName repository, Digest digest) {
        return name(repository).filter(this::hasProject)
                .flatMap(name -> ifThere(() -> services.artifacts().get(caller, name.project(), name.inProject(),
                        digest.toString(), new ArtifactService.Wanted(true, false))))
                .map(artifact -> artifact(artifact).tags()).orElse(List.of());
    }

    @Override
    public List<Tag> tags(RemoteName repository) {
        Optional<RepositoryName> name = name(repository).filter(this::hasProject);
        List<Tag> tags = new ArrayList<>();
        boolean more = name.isPresent();
        while (more) {
            String last = tags.isEmpty() ? "" : tags.get(tags.size() - 1).value();
            Optional<CatalogService.Names> page =
                    ifThere(() -> services.catalog().tags(pusher, name.get(), OptionalInt.empty(), last));
            page.ifPresent(found -> found.names().forEach(tag -> tags.add(Tag.parse(tag))));
            more = page.isPresent() && page.get().more();
        }
        return tags;
    }

    @Override
    public Optional<RemoteManifest.Head> headManifest(RemoteName repository, Reference reference) {
        return stored(repository, reference).map(manifest -> new RemoteManifest.Head(manifest.mediaType(),
                Digest.parse(manifest.digest()), manifest.content().length));
    }

    @Override
    public Optional<Map<Tag, TagState>> tagStates(RemoteName repository, Collection<Tag> tags) {
        Map<Tag, TagState> states = new HashMap<>();
        Optional<RepositoryName> name = name(repository).filter(this::hasProject);
        if (name.isPresent()) {
            ifThere(() -> services.catalog().heads(pusher, name.get(), tags.stream().map(Tag::value).toList()))
                    .orElse(Map.of()).forEach((tag, head) -> states.put(Tag.parse(tag),
                            new TagState(new RemoteManifest.Head(head.mediaType(), Digest.parse(head.digest()),
                                    head.size()), head.referred())));
        }
        return Optional.of(states);
    }

    @Override
    public Optional<RemoteManifest> manifest(RemoteName repository, Reference reference) {
        return stored(repository, reference).map(manifest -> new RemoteManifest(manifest.mediaType(),
                Digest.parse(manifest.digest()), manifest.content()));
    }

    private Optional<StoredManifest> stored(RemoteName repository, Reference reference) {
        return name(repository).filter(this::hasProject)
                .flatMap(name -> ifThere(() -> services.pulls().manifest(pusher, name, reference)));
    }

    @Override
    public void putManifest(RemoteName repository, Reference reference, RemoteManifest manifest) {
        services.manifests().push(pusher, existing(repository), reference, manifest.mediaType(), manifest::bytes,
                List.of());
    }

    @Override
    public void deleteManifest(RemoteName repository, Digest digest) {
        RepositoryName name = existing(repository);
        ifThere(() -> {
            services.artifacts().delete(caller, name.project(), name.inProject(), digest.toString());
            return true;
        });
    }

    @Override
    public void deleteTag(RemoteName repository, Tag tag) {
        RepositoryName name = existing(repository);
        ifThere(() -> {
            services.manifests().delete(pusher, name, tag);
            return true;
        });
    }

    @Override
    public OptionalLong blobSize(RemoteName repository, Digest digest) {
        return name(repository).filter(this::hasProject)
                .flatMap(name -> ifThere(() -> services.pulls().promisedBlob(pusher, name, digest)))
                .map(blob -> OptionalLong.of(blob.size())).orElseGet(OptionalLong::empty);
    }

    @Override
    public InputStream openBlob(RemoteName repository, Digest digest, long size, long offset) throws IOException {
        BlobRef blob = services.pulls().blob(pusher, existing(repository), digest);
        BlobContent content = services.pulls().open(blob);
        try {
            content.channel().position(offset);
        } catch (IOException e) {
            content.close();
            throw e;
        }
        InputStream bytes = Channels.newInputStream(content.channel());
        return new FilterInputStream(bytes) {
            @Override
            public int read(byte[] buffer, int from, int length) throws IOException {
                return in.read(buffer, from, length);
            }

            @Override
            public void close() throws IOException {
                content.close();
            }
        };
    }

    /** In one session; a large blob in pieces, each of which is on stable storage before the next one is asked for. */
    @Override
    public void uploadBlob(RemoteName repository, OutgoingBlob blob) throws IOException {
        RepositoryName name = existing(repository);
        // The stream of the other side stays open between pieces.
        blob.pieces().paused(0);
        if (blob.goesWhole()) {
            long start = System.nanoTime();
            try (InputStream bytes = blob.bytes().open(0)) {
                services.uploads().push(pusher, name, blob.digest(), body(bytes, blob.size()));
            }
            blob.pieces().took(blob.size(), System.nanoTime() - start);
            return;
        }
        Upload upload = session(name, blob);
        boolean ended = false;
        try (InputStream bytes = blob.bytes().open(upload.offset())) {
            upload = takeAllButTheLast(name, upload, bytes, blob);
            services.uploads().finish(pusher, name, upload.id(), blob.digest(),
                    body(bytes, blob.size() - upload.offset()));
            ended = true;
        } catch (HarborException e) {
            if (e.code() != ErrorCode.BLOB_UPLOAD_CONFLICT) {
                // what came is not what it should be: nothing of it is of use
                services.uploads().cancel(pusher, name, upload.id());
                ended = true;
            }
            throw e;
        } finally {
            if (ended) {
                blob.sessions().forget(blob.digest());
            }
        }
    }

    private Upload takeAllButTheLast(RepositoryName name, Upload begun, InputStream bytes, OutgoingBlob blob) {
        PieceSize pieces = blob.pieces();
        Upload upload = begun;
        while (blob.size() - upload.offset() > pieces.next()) {
            long piece = pieces.next();
            long start = System.nanoTime();
            upload = services.uploads().append(pusher, name, upload.id(), body(bytes, piece));
            pieces.took(piece, System.nanoTime() - start);
        }
        return upload;
    }

    private Upload session(RepositoryName name, OutgoingBlob blob) {
        Optional<Upload> open = blob.sessions().find(blob.digest())
                .flatMap(id -> ifThere(() -> services.uploads().status(pusher, name, id)))
                .filter(upload -> upload.offset() <= blob.size());
        return open.orElseGet(() -> {
            Upload begun = services.uploads().start(pusher, name, blob.digest().algorithm());
            blob.sessions().remember(blob.digest(), begun.id());
            return begun;
        });
    }

    private static UploadBody body(InputStream bytes, long length) {
        return new UploadBody(OptionalLong.of(length), Optional.empty(), new BoundedChannel(bytes, length));
    }

    /** As {@link #uploadBlob}: pieces are a matter of this registry's own. */
    @Override
    public void uploadBlobInChunks(RemoteName repository, OutgoingBlob blob, long chunkSize) throws IOException {
        uploadBlob(repository, blob);
    }

    @Override
    public boolean mountBlob(RemoteName repository, Digest digest, RemoteName from) {
        return services.blobs().mount(pusher, existing(repository), digest, name(from)).isPresent();
    }

    @Override
    public Optional<RemoteName> repositoryWith(Digest blob) {
        return services.blobs().repositoryWith(pusher, blob).map(name -> RemoteName.parse(name.value()));
    }

    @Override
    public List<Descriptor> referrers(RemoteName repository, Digest subject) throws IOException {
        Optional<RepositoryName> name = name(repository).filter(this::hasProject);
        List<Descriptor> found = new ArrayList<>();
        OptionalLong after = name.isPresent() ? OptionalLong.of(0) : OptionalLong.empty();
        while (after.isPresent()) {
            ReferrersService.Referrers page =
                    services.referrers().list(pusher, name.get(), subject, Optional.empty(), after.getAsLong());
            JSON.readTree(page.indexJson()).path("manifests").forEach(node -> found.add(descriptor(node)));
            after = page.next();
        }
        return found;
    }

    private static Descriptor descriptor(JsonNode node) {
        Map<String, String> annotations = new HashMap<>();
        node.path("annotations").properties().forEach(
                entry -> annotations.put(entry.getKey(), entry.getValue().asText()));
        return new Descriptor(node.path("mediaType").asText(), Digest.parse(node.path("digest").asText()),
                node.path("size").asLong(), List.of(), annotations, Optional.empty(),
                Optional.ofNullable(node.get("artifactType")).map(JsonNode::asText));
    }

    @Override
    public boolean lacksReferrersApi(RemoteName repository) {
        return false;
    }

    @Override
    public Set<RemoteName> prepareForPush(Collection<Destination> destinations) {
        Set<RemoteName> impossible = new TreeSet<>();
        Set<String> known = new HashSet<>();
        for (Destination destination : destinations) {
            Optional<RepositoryName> name = name(destination.repository());
            if (name.isEmpty()) {
                impossible.add(destination.repository());
            } else if (known.add(name.get().project()) && !hasProject(name.get())) {
                create(name.get().project(), destination.isPublic());
            }
        }
        return impossible;
    }

    private void create(String project, boolean isPublic) {
        try {
            services.projects().create(caller, new NewProject(project, Map.of("public", String.valueOf(isPublic))));
        } catch (HarborException e) {
            // another task made it at the same time
            if (e.code() != ErrorCode.CONFLICT) {
                throw e;
            }
        }
    }

    /** A project that is deleted after it was seen is found out to be gone by the service that is asked next. */
    private boolean hasProject(RepositoryName name) {
        if (!seen.contains(name.project()) && services.projects().find(name.project()).isPresent()) {
            seen.add(name.project());
        }
        return seen.contains(name.project());
    }

    /** Empty for what can be no name here: one component, upper case. */
    private static Optional<RepositoryName> name(RemoteName repository) {
        try {
            return Optional.of(RepositoryName.parse(repository.value()));
        } catch (HarborException e) {
            return Optional.empty();
        }
    }

    /** @throws HarborException NAME_INVALID for what can be no name here */
    private static RepositoryName existing(RemoteName repository) {
        return RepositoryName.parse(repository.value());
    }

    private interface Question<T> {
        T ask();
    }

    private static <T> Optional<T> ifThere(Question<T> question) {
        try {
            return Optional.of(question.ask());
        } catch (HarborException e) {
            if (NOT_THERE.contains(e.code()) || e.code() == ErrorCode.BLOB_UPLOAD_UNKNOWN) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
