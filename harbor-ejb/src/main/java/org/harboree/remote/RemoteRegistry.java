// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.harboree.oci.Descriptor;
import org.harboree.oci.Digest;
import org.harboree.oci.NamePattern;
import org.harboree.oci.Reference;
import org.harboree.oci.Tag;

/**
 * Another registry, spoken to by the OCI Distribution API and, for what that lacks, by the registry's own.
 *
 * <p>Thread-safe; holds no connection while nothing is asked. Every method blocks on the network, so it is called
 * outside of a transaction. Every method throws {@link RemoteRegistryException}; what may be repeated without harm has
 * been repeated (429, 5xx, broken connections; with jitter, honouring {@code Retry-After} up to a minute). Nothing is
 * returned that was not checked: manifests and blobs against digest and length.
 */
public interface RemoteRegistry {
    /** Where it is. */
    RemoteEndpoint endpoint();

    /**
     * Asks {@code /v2/} with the credential; with none, an answer of 401 or 403 counts as well: the registry is there.
     */
    void ping() throws IOException;

    /** What the adapter can do here; a Harbor is asked for its labels. */
    AdapterInfo info() throws IOException;

    /**
     * Repositories whose name the pattern matches, sorted. A pattern without wildcards costs no request: its names are
     * returned whether they exist or not, and {@link #artifacts} of a missing one is empty.
     */
    List<RemoteName> repositories(NamePattern pattern) throws IOException;

    /** Artifacts of a repository; empty if there is no such repository. */
    List<RemoteArtifact> artifacts(RemoteName repository) throws IOException;

    /** Tags of a repository, sorted, all pages; empty if there is no such repository. */
    List<Tag> tags(RemoteName repository) throws IOException;

    /** What a tag or digest stands for, without its bytes; empty if there is none. */
    Optional<RemoteManifest.Head> headManifest(RemoteName repository, Reference reference) throws IOException;

    /**
     * What a tag stands for.
     *
     * @param referred whether something refers to it ({@link #referrers})
     */
    record TagState(RemoteManifest.Head head, boolean referred) {
    }

    /**
     * What tags stand for, where the registry can tell that of many at once; one that is not there is missing. Empty
     * where it would have to be asked for each of them.
     */
    default Optional<Map<Tag, TagState>> tagStates(RemoteName repository, Collection<Tag> tags) throws IOException {
        return Optional.empty();
    }

    /** A manifest; empty if there is none. Its digest was checked against a digest that was asked for. */
    Optional<RemoteManifest> manifest(RemoteName repository, Reference reference) throws IOException;

    /**
     * Puts a manifest under its digest or under a tag. What it refers to has to be there already.
     *
     * @throws RemoteRegistryException WRONG_DIGEST if the registry acknowledges another digest
     */
    void putManifest(RemoteName repository, Reference reference, RemoteManifest manifest) throws IOException;

    /** Deletes a manifest with all its tags; none is fine. */
    void deleteManifest(RemoteName repository, Digest digest) throws IOException;

    /**
     * Deletes a tag and leaves other tags of its manifest alone; none is fine.
     *
     * @throws RemoteRegistryException REFUSED where the registry cannot do that
     */
    void deleteTag(RemoteName repository, Tag tag) throws IOException;

    /** Length of a blob in the repository; empty if it is not there. */
    OptionalLong blobSize(RemoteName repository, Digest digest) throws IOException;

    /**
     * Opens a blob from {@code offset}. The stream resumes by range where the connection breaks, and checks the length;
     * from offset 0 it checks the digest, too, before it says that it is at its end. From a later offset the digest of
     * the whole is for the caller to check. The caller closes the stream.
     *
     * @param size the length that the manifest says
     * @return a stream of {@code size - offset} bytes, not buffered: read with a large array
     * @throws RemoteRegistryException NOT_FOUND if there is none
     */
    InputStream openBlob(RemoteName repository, Digest digest, long size, long offset) throws IOException;

    /**
     * Uploads a blob: a small one in one request (Distribution Spec, "POST then PUT"), again from the start if that
     * breaks off; a large one in pieces, as {@link #uploadBlobInChunks}, where registries of this kind take them well.
     */
    void uploadBlob(RemoteName repository, OutgoingBlob blob) throws IOException;

    /**
     * Uploads a blob in chunks (Distribution Spec, "Pushing a blob in chunks"); goes on from the offset that the
     * registry acknowledged if that breaks off, and from that of the blob's session where there is one. The session is
     * kept while the upload may go on: also when this throws what another attempt may help.
     *
     * @param chunkSize bytes of each request but the last; the registry's own minimum ({@code OCI-Chunk-Min-Length})
     *     goes before it
     */
    void uploadBlobInChunks(RemoteName repository, OutgoingBlob blob, long chunkSize) throws IOException;

    /**
     * Makes a blob of another repository of the same registry one of this repository without moving bytes.
     *
     * @return false if the registry would not; nothing is left behind
     */
    boolean mountBlob(RemoteName repository, Digest digest, RemoteName from) throws IOException;

    /** A repository of this registry that has the blob, where the registry can tell; to mount from. */
    Optional<RemoteName> repositoryWith(Digest blob) throws IOException;

    /**
     * Manifests whose subject is the given one, from the referrers API, or from the tag {@code sha256-…} where the
     * registry has no such API (Distribution Spec, "Referrers Tag Schema").
     */
    List<Descriptor> referrers(RemoteName repository, Digest subject) throws IOException;

    /**
     * Whether a push of a manifest with a subject has to keep the referrers tag itself, because the registry has no
     * referrers API (Distribution Spec, "Pushing Manifests with Subject").
     */
    boolean lacksReferrersApi(RemoteName repository) throws IOException;

    /**
     * Makes ready what the repositories need before a push: projects, namespaces.
     *
     * @return those that cannot be pushed to (a proxy project); to be left out
     */
    Set<RemoteName> prepareForPush(Collection<Destination> destinations) throws IOException;

    /**
     * A repository that is about to be pushed to.
     *
     * @param isPublic whether a project that has to be created for it may be read by anybody
     */
    record Destination(RemoteName repository, boolean isPublic) {
    }
}
