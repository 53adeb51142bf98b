// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.harboree.oci.Descriptor;
import org.harboree.oci.Digest;
import org.harboree.oci.Manifest;
import org.harboree.oci.ManifestParser;
import org.harboree.oci.MediaTypes;
import org.harboree.oci.NamePattern;
import org.harboree.oci.Reference;
import org.harboree.oci.Tag;
import org.harboree.remote.AdapterInfo;
import org.harboree.remote.OutgoingBlob;
import org.harboree.remote.RemoteArtifact;
import org.harboree.remote.RemoteEndpoint;
import org.harboree.remote.RemoteManifest;
import org.harboree.remote.RemoteName;
import org.harboree.remote.RemoteRegistry;
import org.harboree.remote.RemoteRegistryException;

/**
 * A registry in memory that refuses what a real one does: a manifest before what it needs, bytes of another digest. It
 * notes what changes it, and fails where a test says.
 */
class MemoryRegistry implements RemoteRegistry {
    final List<String> changes = new ArrayList<>();
    final Map<String, IOException> failures = new HashMap<>();
    final Map<Digest, byte[]> broken = new HashMap<>();
    boolean referrersApi = true;
    /** What is listed as an accessory, as Harbor does it; all in one repository. */
    Set<Digest> accessories = Set.of();
    boolean mounts = true;
    /** Whether it can tell of many tags at once, as this registry does of its own. */
    boolean tellsTagStates;
    /** Whether it takes an index of which children are missing. */
    boolean sparse;
    long sent;

    private final String name;
    private final Map<RemoteName, Repository> repositories = new TreeMap<>();

    private static final class Repository {
        private final Map<Digest, byte[]> blobs = new LinkedHashMap<>();
        private final Map<Digest, RemoteManifest> manifests = new LinkedHashMap<>();
        private final Map<Tag, Digest> tags = new TreeMap<>();
    }

    MemoryRegistry(String name) {
        this.name = name;
    }

    static RemoteName repository(String text) {
        return RemoteName.parse(text);
    }

    /** An image of one layer under a tag, or under none if it is empty; its digest. */
    Digest image(String repository, String tag, String layer, Optional<Digest> subject) {
        String config = "{\"of\":\"" + layer + "\"}";
        String about = subject.map(digest -> ",\"artifactType\":\"a/b\",\"subject\":" + descriptor(
                MediaTypes.OCI_MANIFEST, digest, manifest(repository, digest).bytes().length)).orElse("");
        return put(repository, tag, MediaTypes.OCI_MANIFEST, "{\"schemaVersion\":2,\"mediaType\":\""
                + MediaTypes.OCI_MANIFEST + "\",\"config\":" + blob(repository, MediaTypes.OCI_CONFIG, config)
                + ",\"layers\":[" + blob(repository, MediaTypes.OCI_LAYER, layer) + "]" + about + "}");
    }

    Digest image(String repository, String tag, String layer) {
        return image(repository, tag, layer, Optional.empty());
    }

    Digest index(String repository, String tag, Digest... children) {
        List<String> entries = new ArrayList<>();
        for (Digest child : children) {
            entries.add(descriptor(MediaTypes.OCI_MANIFEST, child, manifest(repository, child).bytes().length));
        }
        return put(repository, tag, MediaTypes.OCI_INDEX, "{\"schemaVersion\":2,\"mediaType\":\""
                + MediaTypes.OCI_INDEX + "\",\"manifests\":[" + String.join(",", entries) + "]}");
    }

    /** @param children digests by what they are for: {@code os/architecture} */
    Digest indexOfPlatforms(String repository, String tag, Map<String, Digest> children) {
        List<String> entries = new ArrayList<>();
        children.forEach((platform, child) -> {
            String entry = descriptor(MediaTypes.OCI_MANIFEST, child, manifest(repository, child).bytes().length);
            entries.add(entry.substring(0, entry.length() - 1) + ",\"platform\":{\"os\":\""
                    + platform.split("/")[0] + "\",\"architecture\":\"" + platform.split("/")[1] + "\"}}");
        });
        return put(repository, tag, MediaTypes.OCI_INDEX, "{\"schemaVersion\":2,\"mediaType\":\""
                + MediaTypes.OCI_INDEX + "\",\"manifests\":[" + String.join(",", entries) + "]}");
    }

    private Digest put(String repository, String tag, String mediaType, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        RemoteManifest manifest = new RemoteManifest(mediaType, Digest.sha256(bytes), bytes);
        of(repository(repository)).manifests.put(manifest.digest(), manifest);
        if (!tag.isEmpty()) {
            of(repository(repository)).tags.put(Tag.parse(tag), manifest.digest());
        }
        return manifest.digest();
    }

    private String blob(String repository, String mediaType, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        of(repository(repository)).blobs.put(Digest.sha256(bytes), bytes);
        return descriptor(mediaType, Digest.sha256(bytes), bytes.length);
    }

    private static String descriptor(String mediaType, Digest digest, long size) {
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + digest + "\",\"size\":" + size + "}";
    }

    RemoteManifest manifest(String repository, Digest digest) {
        return of(repository(repository)).manifests.get(digest);
    }

    Map<Tag, Digest> tagsOf(String repository) {
        return of(repository(repository)).tags;
    }

    Set<Digest> manifestsOf(String repository) {
        return of(repository(repository)).manifests.keySet();
    }

    Set<Digest> blobsOf(String repository) {
        return of(repository(repository)).blobs.keySet();
    }

    void untag(String repository, String tag) {
        of(repository(repository)).tags.remove(Tag.parse(tag));
    }

    void remove(String repository, Digest digest) {
        of(repository(repository)).manifests.remove(digest);
        of(repository(repository)).tags.values().remove(digest);
    }

    private Repository of(RemoteName repository) {
        return repositories.computeIfAbsent(repository, key -> new Repository());
    }

    /** @param request such as {@code blob sha256:…}; fails as long as the test says */
    private void may(String request) throws IOException {
        IOException failure = failures.get(request);
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public RemoteEndpoint endpoint() {
        return RemoteEndpoint.of("docker-registry", URI.create("http://" + name), Optional.empty());
    }

    @Override
    public void ping() {
        // always there
    }

    @Override
    public AdapterInfo info() {
        return new AdapterInfo("docker-registry", "", List.of(), List.of(), true);
    }

    @Override
    public List<RemoteName> repositories(NamePattern pattern) {
        return repositories.keySet().stream().filter(repository -> pattern.matches(repository.value())).toList();
    }

    @Override
    public List<RemoteArtifact> artifacts(RemoteName repository) {
        Repository room = of(repository);
        List<RemoteArtifact> found = new ArrayList<>();
        room.tags.forEach((tag, digest) -> found.add(!accessories.contains(digest) ? RemoteArtifact.of(tag)
                : new RemoteArtifact(Optional.of(digest), List.of(tag), Set.of(), true, List.of())));
        accessories.stream().filter(digest -> !room.tags.containsValue(digest)).forEach(digest -> found.add(
                new RemoteArtifact(Optional.of(digest), List.of(), Set.of(), true, List.of())));
        return found;
    }

    @Override
    public List<Tag> tags(RemoteName repository) {
        return List.copyOf(of(repository).tags.keySet());
    }

    private Optional<RemoteManifest> find(RemoteName repository, Reference reference) {
        Digest digest = reference instanceof Tag tag ? of(repository).tags.get(tag) : (Digest) reference;
        return Optional.ofNullable(digest).map(of(repository).manifests::get);
    }

    @Override
    public Optional<RemoteManifest.Head> headManifest(RemoteName repository, Reference reference) throws IOException {
        may("head " + reference);
        return find(repository, reference).map(manifest -> new RemoteManifest.Head(manifest.mediaType(),
                manifest.digest(), manifest.bytes().length));
    }

    @Override
    public Optional<Map<Tag, TagState>> tagStates(RemoteName repository, Collection<Tag> tags) throws IOException {
        if (!tellsTagStates) {
            return Optional.empty();
        }
        Map<Tag, TagState> states = new HashMap<>();
        for (Tag tag : tags) {
            Optional<RemoteManifest.Head> head = headManifest(repository, tag);
            if (head.isPresent()) {
                states.put(tag, new TagState(head.get(), !referrers(repository, head.get().digest()).isEmpty()));
            }
        }
        return Optional.of(states);
    }

    @Override
    public Optional<RemoteManifest> manifest(RemoteName repository, Reference reference) throws IOException {
        may("manifest " + reference);
        return find(repository, reference);
    }

    @Override
    public void putManifest(RemoteName repository, Reference reference, RemoteManifest manifest) throws IOException {
        may("put " + reference);
        Repository room = of(repository);
        Manifest content = ManifestParser.parse(manifest.bytes(), manifest.mediaType(), manifest.digest().algorithm());
        boolean complete = content.blobs().stream().allMatch(blob -> room.blobs.containsKey(blob.digest()));
        boolean children = sparse || !content.isIndex() || content.children().stream()
                .allMatch(child -> room.manifests.containsKey(child.digest()));
        boolean list = reference instanceof Tag tag && tag.value().startsWith("sha256-");
        if (!complete || !children && !list) {
            throw new RemoteRegistryException(RemoteRegistryException.Kind.REFUSED, "PUT " + reference, 400,
                    "blob unknown", Optional.empty(), null);
        }
        room.manifests.put(manifest.digest(), manifest);
        if (reference instanceof Tag tag) {
            room.tags.put(tag, manifest.digest());
        }
        changes.add("put " + reference);
    }

    @Override
    public void deleteManifest(RemoteName repository, Digest digest) {
        remove(repository.value(), digest);
        changes.add("delete " + digest);
    }

    @Override
    public void deleteTag(RemoteName repository, Tag tag) {
        of(repository).tags.remove(tag);
        changes.add("delete " + tag);
    }

    @Override
    public OptionalLong blobSize(RemoteName repository, Digest digest) {
        byte[] bytes = of(repository).blobs.get(digest);
        return bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes.length);
    }

    @Override
    public InputStream openBlob(RemoteName repository, Digest digest, long size, long offset) throws IOException {
        may("blob " + digest);
        byte[] bytes = broken.getOrDefault(digest, of(repository).blobs.get(digest));
        if (bytes == null) {
            throw new RemoteRegistryException(RemoteRegistryException.Kind.NOT_FOUND, "GET " + digest, "no such blob");
        }
        return new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
    }

    @Override
    public void uploadBlob(RemoteName repository, OutgoingBlob blob) throws IOException {
        Digest digest = blob.digest();
        may("upload " + digest);
        byte[] bytes;
        try (InputStream stream = blob.bytes().open(0)) {
            bytes = stream.readAllBytes();
        }
        sent += bytes.length;
        if (!Digest.sha256(bytes).equals(digest)) {
            throw new RemoteRegistryException(RemoteRegistryException.Kind.WRONG_DIGEST, "PUT " + digest,
                    "the bytes have another digest");
        }
        of(repository).blobs.put(digest, bytes);
        changes.add("blob " + digest);
    }

    @Override
    public void uploadBlobInChunks(RemoteName repository, OutgoingBlob blob, long chunkSize) throws IOException {
        uploadBlob(repository, blob);
        changes.set(changes.size() - 1, "chunks " + blob.digest());
    }

    @Override
    public boolean mountBlob(RemoteName repository, Digest digest, RemoteName from) {
        byte[] bytes = of(from).blobs.get(digest);
        if (!mounts || bytes == null) {
            return false;
        }
        of(repository).blobs.put(digest, bytes);
        changes.add("mount " + digest);
        return true;
    }

    @Override
    public Optional<RemoteName> repositoryWith(Digest blob) {
        return Optional.empty();
    }

    @Override
    public List<Descriptor> referrers(RemoteName repository, Digest subject) {
        Repository room = of(repository);
        if (!referrersApi) {
            Digest list = room.tags.get(Tag.parse("sha256-" + subject.hex()));
            return list == null ? List.of() : parsed(room.manifests.get(list)).children();
        }
        return room.manifests.values().stream().filter(manifest -> parsed(manifest).subject()
                        .filter(found -> found.digest().equals(subject)).isPresent())
                .map(manifest -> new Descriptor(manifest.mediaType(), manifest.digest(), manifest.bytes().length,
                        List.of(), Map.of(), Optional.empty(), parsed(manifest).artifactType())).toList();
    }

    private static Manifest parsed(RemoteManifest manifest) {
        return ManifestParser.parse(manifest.bytes(), manifest.mediaType(), manifest.digest().algorithm());
    }

    @Override
    public boolean lacksReferrersApi(RemoteName repository) {
        return !referrersApi;
    }

    @Override
    public Set<RemoteName> prepareForPush(Collection<Destination> destinations) throws IOException {
        may("prepare");
        destinations.forEach(destination -> changes.add("prepare " + destination.repository()));
        return Set.of();
    }
}
