// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.apache.http.entity.ByteArrayEntity;
import org.harboree.error.HarborException;
import org.harboree.oci.Descriptor;
import org.harboree.oci.Digest;
import org.harboree.oci.ManifestParser;
import org.harboree.oci.MediaTypes;
import org.harboree.oci.NamePattern;
import org.harboree.oci.Reference;
import org.harboree.oci.Tag;
import org.harboree.remote.AdapterInfo;
import org.harboree.remote.OutgoingBlob;
import org.harboree.remote.PieceSize;
import org.harboree.remote.RemoteArtifact;
import org.harboree.remote.RemoteEndpoint;
import org.harboree.remote.RemoteManifest;
import org.harboree.remote.RemoteName;
import org.harboree.remote.RemoteRegistry;
import org.harboree.remote.RemoteRegistryException;
import org.harboree.remote.RemoteRegistryException.Kind;
import org.harboree.remote.http.Authorization;
import org.harboree.remote.http.RemoteAnswer;
import org.harboree.remote.http.RemoteHttp;
import org.harboree.remote.http.RemoteRequest;

/**
 * A registry that is known by nothing but the OCI Distribution Spec. Kinds of registries extend it where theirs has an
 * own API for listing, deleting or preparing.
 */
public class OciRegistry implements RemoteRegistry {
    private static final String ACCEPT = String.join(", ", MediaTypes.OCI_INDEX, MediaTypes.OCI_MANIFEST,
            MediaTypes.DOCKER_MANIFEST_LIST, MediaTypes.DOCKER_MANIFEST);
    private static final int PAGE = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RemoteEndpoint endpoint;
    private final AdapterInfo info;
    private final RegistryApi api;
    private final Referrers referrers;

    /** @param authorization of requests to {@code /v2/} */
    public OciRegistry(RemoteEndpoint endpoint, AdapterInfo info, RemoteHttp http, Authorization authorization) {
        this(endpoint, endpoint.url(), info, http, authorization);
    }

    /** @param registry what stands before {@code /v2/}, where that is elsewhere than the endpoint */
    public OciRegistry(RemoteEndpoint endpoint, URI registry, AdapterInfo info, RemoteHttp http,
            Authorization authorization) {
        this.endpoint = endpoint;
        this.info = info;
        this.api = new RegistryApi(registry, http, authorization);
        this.referrers = new Referrers(api, this);
    }

    @Override
    public final RemoteEndpoint endpoint() {
        return endpoint;
    }

    /** Asks once: whoever waits for the answer wants to know how it is now. */
    @Override
    public void ping() throws IOException {
        try {
            api.send(RemoteRequest.of("GET", api.v2("")).once());
        } catch (RemoteRegistryException e) {
            boolean isThere = e.kind() == Kind.UNAUTHORIZED || e.kind() == Kind.FORBIDDEN;
            if (!isThere || endpoint.credential().isPresent()) {
                throw e;
            }
        }
    }

    @Override
    public AdapterInfo info() throws IOException {
        return info;
    }

    @Override
    public List<RemoteName> repositories(NamePattern pattern) throws IOException {
        Optional<List<String>> literal = pattern.literalNames();
        Collection<String> names = literal.isPresent() ? literal.get() : listRepositories(pattern);
        return names.stream().filter(RemoteName::isWellFormed).filter(pattern::matches).distinct().sorted()
                .map(RemoteName::parse).toList();
    }

    /**
     * Names of repositories, in any order, of which some may not match: here those of the catalog (Distribution 2.x,
     * {@code /v2/_catalog}).
     */
    protected Collection<String> listRepositories(NamePattern pattern) throws IOException {
        Set<String> names = new TreeSet<>();
        RemoteRequest request = RemoteRequest.of("GET", api.v2("_catalog?n=" + PAGE),
                catalogScope().stream().toArray(String[]::new));
        api.pages(request, page -> page.path("repositories").forEach(name -> names.add(name.asText())));
        return names;
    }

    /** What a token has to allow for the catalog; empty for a token without any scope. */
    protected Optional<String> catalogScope() {
        return Optional.of("registry:catalog:*");
    }

    /** What a token has to allow for a list of tags. */
    protected String tagListScope(RemoteName repository) {
        return RegistryApi.pull(repository);
    }

    /** The pages of the list of tags as they are, for registries that tell more in it; none for 404. */
    protected final List<JsonNode> tagPages(RemoteName repository) throws IOException {
        List<JsonNode> pages = new ArrayList<>();
        try {
            api.pages(tagRequest(repository), pages::add);
        } catch (RemoteRegistryException e) {
            if (e.kind() != Kind.NOT_FOUND) {
                throw e;
            }
        }
        return pages;
    }

    /** Query of the next page of a list of the Distribution Spec; empty at its end. */
    public static Optional<String> nextQuery(RemoteAnswer answer) {
        return RegistryApi.nextUri(answer).map(URI::getRawQuery);
    }

    @Override
    public List<RemoteArtifact> artifacts(RemoteName repository) throws IOException {
        return tags(repository).stream().map(RemoteArtifact::of).toList();
    }

    @Override
    public List<Tag> tags(RemoteName repository) throws IOException {
        Set<Tag> tags = new TreeSet<>();
        try {
            tagPages(repository).forEach(page -> page.path("tags").forEach(tag -> tags.add(Tag.parse(tag.asText()))));
        } catch (HarborException e) {
            throw RemoteHttp.malformed(tagRequest(repository), "there is something in the list that is no tag");
        }
        return List.copyOf(tags);
    }

    @Override
    public Optional<RemoteManifest.Head> headManifest(RemoteName repository, Reference reference) throws IOException {
        RemoteRequest head = manifestRequest("HEAD", repository, reference);
        Optional<Optional<RemoteManifest.Head>> found = api.find(head, answer -> digestOf(answer).map(digest -> {
            return new RemoteManifest.Head(mediaType(answer), digest, answer.contentLength());
        }));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (found.get().isPresent()) {
            return found.get();
        }
        return manifest(repository, reference).map(manifest -> new RemoteManifest.Head(manifest.mediaType(),
                manifest.digest(), manifest.bytes().length));
    }

    @Override
    public Optional<RemoteManifest> manifest(RemoteName repository, Reference reference) throws IOException {
        return api.find(manifestRequest("GET", repository, reference), answer -> {
            byte[] bytes = answer.bytes(ManifestParser.MAX_BYTES);
            Digest.Algorithm algorithm = reference instanceof Digest digest ? digest.algorithm()
                    : digestOf(answer).map(Digest::algorithm).orElse(Digest.Algorithm.SHA256);
            Digest digest = Digest.of(algorithm, algorithm.newMessageDigest().digest(bytes));
            Optional<Digest> wanted = reference instanceof Digest asked ? Optional.of(asked) : digestOf(answer);
            if (wanted.isPresent() && !wanted.get().equals(digest)) {
                throw answer.failure(Kind.WRONG_DIGEST, "the manifest has the digest " + digest + ", not "
                        + wanted.get());
            }
            return new RemoteManifest(mediaType(answer, bytes), digest, bytes);
        });
    }

    @Override
    public void putManifest(RemoteName repository, Reference reference, RemoteManifest manifest) throws IOException {
        RemoteRequest put = RemoteRequest.of("PUT", api.v2(repository + "/manifests/" + reference),
                RegistryApi.push(repository)).with("Content-Type", manifest.mediaType())
                .with(new ByteArrayEntity(manifest.bytes()));
        api.send(put, answer -> {
            Optional<Digest> named = digestOf(answer);
            if (named.isPresent() && named.get().algorithm() == manifest.digest().algorithm()
                    && !named.get().equals(manifest.digest())) {
                throw answer.failure(Kind.WRONG_DIGEST, "the registry calls the manifest " + named.get() + ", not "
                        + manifest.digest());
            }
            return null;
        });
    }

    @Override
    public void deleteManifest(RemoteName repository, Digest digest) throws IOException {
        delete(repository, digest);
    }

    /** Distribution Spec 1.1, "Deleting tags". */
    @Override
    public void deleteTag(RemoteName repository, Tag tag) throws IOException {
        delete(repository, tag);
    }

    @Override
    public OptionalLong blobSize(RemoteName repository, Digest digest) throws IOException {
        RemoteRequest head = RemoteRequest.of("HEAD", api.v2(repository + "/blobs/" + digest),
                RegistryApi.pull(repository));
        Optional<Long> size = api.find(head, answer -> {
            if (answer.contentLength() < 0) {
                throw answer.malformed("the answer does not tell the length of the blob");
            }
            return answer.contentLength();
        });
        return size.map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    @Override
    public InputStream openBlob(RemoteName repository, Digest digest, long size, long offset) throws IOException {
        if (offset < 0 || offset > size) {
            throw new IllegalArgumentException("offset " + offset + " of " + size);
        }
        RemoteRequest get = RemoteRequest.of("GET", api.v2(repository + "/blobs/" + digest),
                RegistryApi.pull(repository));
        return BlobDownload.open(api, get, digest, size, offset);
    }

    @Override
    public void uploadBlob(RemoteName repository, OutgoingBlob blob) throws IOException {
        BlobUpload upload = new BlobUpload(api, repository, blob, findsBlobs());
        if (takesPieces() && !blob.goesWhole()) {
            upload.inPieces();
        } else {
            upload.whole();
        }
    }

    /**
     * Whether registries of this kind are known to take an upload in pieces of any size. Others get a blob whole,
     * unless somebody wants it otherwise.
     */
    protected boolean takesPieces() {
        return false;
    }

    /**
     * Whether registries of this kind find a blob in another repository of theirs by its digest alone (Distribution
     * Spec, "Mounting a blob", without {@code from}). Some refuse such a request.
     */
    protected boolean findsBlobs() {
        return false;
    }

    @Override
    public void uploadBlobInChunks(RemoteName repository, OutgoingBlob blob, long chunkSize) throws IOException {
        new BlobUpload(api, repository, blob, findsBlobs()).inChunks(PieceSize.fixed(chunkSize));
    }

    @Override
    public boolean mountBlob(RemoteName repository, Digest digest, RemoteName from) throws IOException {
        URI uri = api.v2(repository + "/blobs/uploads/?mount=" + digest + "&from=" + from);
        RemoteRequest post = RemoteRequest.of("POST", uri, RegistryApi.push(repository), RegistryApi.pull(from))
                .with(new ByteArrayEntity(new byte[0]));
        try {
            Optional<URI> upload = api.send(post, answer -> answer.status() == 201 ? Optional.<URI>empty()
                    : Optional.of(api.location(answer)));
            upload.ifPresent(location -> BlobUpload.cancel(api, repository, location));
            return upload.isEmpty();
        } catch (RemoteRegistryException e) {
            if (e.kind().isTransient()) {
                throw e;
            }
            return false;
        }
    }

    /** Nothing is known of that here. */
    @Override
    public Optional<RemoteName> repositoryWith(Digest blob) throws IOException {
        return Optional.empty();
    }

    @Override
    public List<Descriptor> referrers(RemoteName repository, Digest subject) throws IOException {
        return referrers.of(repository, subject);
    }

    @Override
    public boolean lacksReferrersApi(RemoteName repository) throws IOException {
        return referrers.lackApi(repository);
    }

    /** A repository comes to be with its first push. */
    @Override
    public Set<RemoteName> prepareForPush(Collection<Destination> destinations) throws IOException {
        return Set.of();
    }

    private RemoteRequest tagRequest(RemoteName repository) {
        return RemoteRequest.of("GET", api.v2(repository + "/tags/list?n=" + PAGE), tagListScope(repository));
    }

    private void delete(RemoteName repository, Reference reference) throws IOException {
        RemoteRequest delete = RemoteRequest.of("DELETE", api.v2(repository + "/manifests/" + reference),
                RegistryApi.delete(repository), RegistryApi.pull(repository));
        api.find(delete, answer -> true);
    }

    private RemoteRequest manifestRequest(String method, RemoteName repository, Reference reference) {
        return RemoteRequest.of(method, api.v2(repository + "/manifests/" + reference), RegistryApi.pull(repository))
                .with("Accept", ACCEPT);
    }

    /** What the registry says that the digest is, if it says so in words that we know. */
    private static Optional<Digest> digestOf(RemoteAnswer answer) {
        try {
            return answer.header("Docker-Content-Digest").map(String::strip).map(Digest::parse);
        } catch (HarborException e) {
            return Optional.empty();
        }
    }

    private static String mediaType(RemoteAnswer answer) {
        String type = answer.header("Content-Type").orElse("");
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }

    /** Some registries answer with a type for any JSON; the document then says what it is. */
    private static String mediaType(RemoteAnswer answer, byte[] bytes) throws IOException {
        String type = mediaType(answer);
        if (MediaTypes.isSupportedManifest(type)) {
            return type;
        }
        JsonNode inside = json(answer, bytes).path("mediaType");
        if (inside.isTextual() && MediaTypes.isSupportedManifest(inside.asText())) {
            return inside.asText();
        }
        return type;
    }

    private static JsonNode json(RemoteAnswer answer, byte[] bytes) throws IOException {
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            throw answer.malformed("the manifest is not JSON");
        }
    }
}
