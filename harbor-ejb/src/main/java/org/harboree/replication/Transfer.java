// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.harboree.job.TaskContext;
import org.harboree.oci.Descriptor;
import org.harboree.oci.Digest;
import org.harboree.oci.Manifest;
import org.harboree.oci.ManifestParser;
import org.harboree.oci.MediaTypes;
import org.harboree.oci.Reference;
import org.harboree.oci.Tag;
import org.harboree.remote.BlobSource;
import org.harboree.remote.OutgoingBlob;
import org.harboree.remote.PieceSize;
import org.harboree.remote.RemoteManifest;
import org.harboree.remote.RemoteName;
import org.harboree.remote.RemoteRegistry;
import org.harboree.remote.RemoteRegistryException;
import org.harboree.remote.UploadSessions;

/**
 * Copies artifacts of one repository into one of another registry, by content: what the other side has is left alone.
 *
 * <pre>
 *   digests compared ─► children ─► blobs ─► manifest by digest ─► what refers to it ─► tag
 * </pre>
 *
 * An image that nothing refers to needs no name before its tag: it is put once, under that.
 *
 * The tag moves last, so whoever pulls it from the other side gets all of the old artifact or all of the new one. Bytes
 * go as they are. For one thread, which closes it, so that others need not wait for what it does not bring.
 */
final class Transfer implements AutoCloseable {
    /** Bytes of each request of a blob that is sent in pieces; as in Harbor. */
    private static final long CHUNK = 10L << 20;
    private static final int KILO = 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Side source;
    private final Side target;
    private final PolicySpec policy;
    private final TaskContext task;
    private final BlobFlights flights;
    private final UploadSessions sessions;
    private final BlobFlights.Claim claim;
    private final OtherTasks others;
    private Set<Digest> begunByOthers;
    private final PieceSize pieces;
    private final Set<Digest> complete = new HashSet<>();
    private final ReferrerLists referrers;
    private final Set<Digest> referrersDone = new HashSet<>();
    /** Whether the item that is being copied needed something. */
    private boolean changed;
    private long sentBytes;
    private int sentBlobs;
    private int mountedBlobs;
    private int presentBlobs;

    /**
     * A repository of a registry.
     *
     * @param key tells the registry from all others
     */
    record Side(String key, RemoteRegistry registry, RemoteName repository) {
        /** Where the task copies from. */
        static Side source(PolicySpec policy, RemoteRegistry registry, TaskSpec task) {
            return new Side(Sides.key(policy.source()), registry, task.source());
        }

        /** Where the task copies to. */
        static Side target(PolicySpec policy, RemoteRegistry registry, TaskSpec task) {
            return new Side(Sides.key(policy.destination()), registry, task.destination());
        }

        Optional<RemoteManifest.Head> head(Reference reference) throws IOException {
            return registry.headManifest(repository, reference);
        }

        @Override
        public String toString() {
            return registry.endpoint().url() + "/" + repository;
        }
    }

    /** The other tasks of the run that have not ended. */
    @FunctionalInterface
    interface OtherTasks {
        /** The blobs that they have begun to send, as their last checkpoints say. */
        Set<Digest> begun();
    }

    /** @param state where uploads are kept that have not ended */
    Transfer(Side source, Side target, PolicySpec policy, TaskContext task, BlobFlights flights, TaskState state,
            OtherTasks others) {
        this.source = source;
        this.target = target;
        this.policy = policy;
        this.task = task;
        this.flights = flights;
        this.sessions = state;
        this.claim = flights.claim(target.key(), state.begun());
        this.others = others;
        this.begunByOthers = others.begun();
        this.pieces = PieceSize.ofWay(speed());
        this.referrers = new ReferrerLists(source);
    }

    /** Bytes per second; 0 for no limit. */
    private long speed() {
        return (long) policy.speed() * KILO;
    }

    @Override
    public void close() {
        claim.close();
    }

    /** One line on what was done so far. */
    String summary() {
        return sentBlobs + " blobs (" + sentBytes + " bytes) sent, " + mountedBlobs + " mounted, " + presentBlobs
                + " were there";
    }

    /**
     * Copies an artifact under its tags, or under its digest where it has none.
     *
     * @return whether anything was missing
     * @throws IOException what a side, or the way between them, met
     * @throws org.harboree.error.HarborException if this registry refuses something
     */
    boolean copy(TaskSpec.Item item) throws IOException {
        changed = false;
        if (item.tags().isEmpty()) {
            copyUntagged(item.digest().orElseThrow());
        }
        for (Tag tag : item.tags()) {
            copyTag(tag);
        }
        return changed;
    }

    private void copyUntagged(Digest digest) throws IOException {
        if (source.head(digest).isEmpty()) {
            task.warn(source + "@" + digest + " is no longer there: skipped");
            return;
        }
        RemoteManifest manifest = copyManifest(digest, Optional.empty());
        copyReferrers(digest, manifest.mediaType());
    }

    private void copyTag(Tag tag) throws IOException {
        task.requireNoStop();
        Optional<RemoteManifest.Head> wanted = source.head(tag);
        if (wanted.isEmpty()) {
            task.warn(source + ":" + tag + " is no longer there: skipped");
            return;
        }
        Digest digest = wanted.get().digest();
        Optional<Digest> present = target.head(tag).map(RemoteManifest.Head::digest);
        if (present.isPresent() && present.get().equals(digest)) {
            copyReferrers(digest, wanted.get().mediaType());
            task.info(target + ":" + tag + " is " + digest + " already");
            return;
        }
        if (present.isPresent() && !policy.override()) {
            task.warn(target + ":" + tag + " is " + present.get() + ", and the policy does not override: skipped");
            return;
        }
        // what nothing refers to needs no name of its own before it has its tag
        if (!MediaTypes.isIndex(wanted.get().mediaType()) && referrers.of(digest).isEmpty()) {
            copyManifest(digest, Optional.of(tag));
            referrersDone.add(digest);
        } else {
            RemoteManifest manifest = copyManifest(digest, Optional.empty());
            copyReferrers(digest, manifest.mediaType());
            put(tag, manifest);
        }
        task.info("copied " + source + ":" + tag + " to " + target + ":" + tag + ", " + digest);
    }

    /**
     * Brings the manifest with all that it needs to the other side.
     *
     * @param tag what it is called there; empty for its digest
     */
    private RemoteManifest copyManifest(Digest digest, Optional<Tag> tag) throws IOException {
        RemoteManifest manifest = source.registry().manifest(source.repository(), digest).orElseThrow(
                () -> new RemoteRegistryException(RemoteRegistryException.Kind.NOT_FOUND,
                        "GET " + source + "@" + digest, "the manifest is not there"));
        if (complete.contains(digest) || target.head(digest).isPresent()) {
            complete.add(digest);
            if (tag.isPresent()) {
                put(tag.get(), manifest);
            }
            return manifest;
        }
        Manifest content = ManifestParser.parse(manifest.bytes(), manifest.mediaType(), digest.algorithm());
        List<Descriptor> children = policy.filters().choice().of(content.children());
        for (Descriptor child : children) {
            copyChild(digest, child);
        }
        for (Descriptor blob : content.blobs()) {
            copyBlob(blob);
        }
        task.requireNoStop();
        putIndexOrImage(tag.isPresent() ? tag.get() : digest, manifest,
                content.children().size() - children.size());
        complete.add(digest);
        if (content.subject().isPresent() && target.registry().lacksReferrersApi(target.repository())) {
            list(content.subject().get().digest(), List.of(new Descriptor(manifest.mediaType(), digest,
                    manifest.bytes().length, List.of(), content.annotations(), Optional.empty(),
                    content.artifactType())));
        }
        return manifest;
    }

    /** Brings a child that the other side has not, if this side has it. */
    private void copyChild(Digest index, Descriptor child) throws IOException {
        if (complete.contains(child.digest())) {
            return;
        }
        if (target.head(child.digest()).isPresent()) {
            complete.add(child.digest());
        } else if (source.head(child.digest()).isPresent()) {
            copyManifest(child.digest(), Optional.empty());
        } else {
            task.warn(source + "@" + index + " lists " + child.digest() + ", which is not there");
        }
    }

    /** @param leftOut how many children of an index do not go along, which not every registry puts up with */
    private void putIndexOrImage(Reference reference, RemoteManifest manifest, int leftOut) throws IOException {
        if (leftOut > 0) {
            task.info(source + "@" + manifest.digest() + " goes without " + leftOut + " of its children, which are for"
                    + " platforms that the policy does not choose");
        }
        boolean put = false;
        try {
            put(reference, manifest);
            put = true;
        } finally {
            if (!put && leftOut > 0) {
                task.warn(target + " may be one that takes no index of which children are missing: a policy that"
                        + " chooses platforms needs a registry that allows sparse indexes");
            }
        }
    }

    private void put(Reference reference, RemoteManifest manifest) throws IOException {
        changed = true;
        target.registry().putManifest(target.repository(), reference, manifest);
    }

    /**
     * Brings what has the artifact, or a child of it, as its subject; and so on. Children that are not on the other
     * side, for an earlier run left them out, go along.
     */
    private void copyReferrers(Digest subject, String mediaType) throws IOException {
        if (!referrersDone.add(subject)) {
            return;
        }
        List<Descriptor> referring = referrers.of(subject);
        for (Descriptor referrer : referring) {
            if (complete.contains(referrer.digest()) || target.head(referrer.digest()).isPresent()) {
                complete.add(referrer.digest());
            } else {
                copyManifest(referrer.digest(), Optional.empty());
                task.info("copied " + referrer.digest() + ", which refers to " + subject);
            }
            copyReferrers(referrer.digest(), referrer.mediaType());
        }
        if (!referring.isEmpty() && target.registry().lacksReferrersApi(target.repository())) {
            list(subject, referring);
        }
        if (MediaTypes.isIndex(mediaType)) {
            Optional<RemoteManifest> index = source.registry().manifest(source.repository(), subject);
            if (index.isPresent()) {
                Manifest content =
                        ManifestParser.parse(index.get().bytes(), index.get().mediaType(), subject.algorithm());
                for (Descriptor child : policy.filters().choice().of(content.children())) {
                    copyChild(subject, child);
                    copyReferrers(child.digest(), child.mediaType());
                }
            }
        }
    }

    /** Keeps the list that stands in for a missing referrers API (Distribution Spec, "Referrers Tag Schema"). */
    private void list(Digest subject, List<Descriptor> referrers) throws IOException {
        Map<Digest, Descriptor> listed = new LinkedHashMap<>();
        for (Descriptor known : target.registry().referrers(target.repository(), subject)) {
            listed.put(known.digest(), known);
        }
        boolean more = false;
        for (Descriptor referrer : referrers) {
            more |= listed.putIfAbsent(referrer.digest(), referrer) == null;
        }
        if (more) {
            put(Tag.ofReferrers(subject), index(listed.values()));
        }
    }

    private static RemoteManifest index(Collection<Descriptor> referrers) {
        ObjectNode index = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_INDEX);
        ArrayNode manifests = index.putArray("manifests");
        for (Descriptor referrer : referrers) {
            ObjectNode node = manifests.addObject().put("mediaType", referrer.mediaType())
                    .put("digest", referrer.digest().toString()).put("size", referrer.size());
            referrer.artifactType().ifPresent(type -> node.put("artifactType", type));
            if (!referrer.annotations().isEmpty()) {
                referrer.annotations().forEach(node.putObject("annotations")::put);
            }
        }
        byte[] bytes = index.toString().getBytes(StandardCharsets.UTF_8);
        return new RemoteManifest(MediaTypes.OCI_INDEX, Digest.sha256(bytes), bytes);
    }

    private void copyBlob(Descriptor blob) throws IOException {
        task.requireNoStop();
        if (complete.contains(blob.digest())) {
            return;
        }
        flights.bring(target.key(), blob.digest(), target.repository(), claim, new BlobFlights.Steps() {
            @Override
            public boolean mount(RemoteName from) throws IOException {
                boolean mounted = target.registry().mountBlob(target.repository(), blob.digest(), from);
                mountedBlobs += mounted ? 1 : 0;
                return mounted;
            }

            @Override
            public void send(Optional<RemoteName> elsewhere) throws IOException {
                sendBlob(blob, elsewhere, this);
            }

            @Override
            public boolean isBegunByAnother() {
                return isBegunElsewhere(blob.digest());
            }

            @Override
            public void requireNoStop() {
                task.requireNoStop();
            }
        });
        complete.add(blob.digest());
    }

    private boolean isBegunElsewhere(Digest blob) {
        if (begunByOthers.contains(blob)) {
            begunByOthers = others.begun();
        }
        return begunByOthers.contains(blob);
    }

    private void sendBlob(Descriptor blob, Optional<RemoteName> elsewhere, BlobFlights.Steps steps)
            throws IOException {
        OptionalLong present = target.registry().blobSize(target.repository(), blob.digest());
        if (present.isPresent()) {
            presentBlobs++;
            return;
        }
        if (elsewhere.isPresent() && steps.mount(elsewhere.get())) {
            return;
        }
        Optional<RemoteName> told = target.registry().repositoryWith(blob.digest());
        if (told.isPresent() && !told.equals(elsewhere) && steps.mount(told.get())) {
            return;
        }
        BlobSource bytes = offset -> new ThrottledStream(source.registry().openBlob(source.repository(),
                blob.digest(), blob.size(), offset), speed(), task::stopRequested,
                count -> sentBytes += count);
        OutgoingBlob outgoing = new OutgoingBlob(blob.digest(), blob.size(), bytes, pieces, sessions);
        if (policy.copyByChunk() && blob.size() > CHUNK) {
            target.registry().uploadBlobInChunks(target.repository(), outgoing, CHUNK);
        } else {
            target.registry().uploadBlob(target.repository(), outgoing);
        }
        sentBlobs++;
    }

    /**
     * Deletes on the other side what was deleted here; what is here again meanwhile stays there.
     *
     * @param tags the tags only, or the artifact
     */
    void delete(TaskSpec.Item item, boolean tags) throws IOException {
        if (tags) {
            for (Tag tag : item.tags()) {
                deleteTag(tag);
            }
            return;
        }
        Digest digest = item.digest().orElseThrow();
        if (source.head(digest).isPresent()) {
            task.warn(source + "@" + digest + " is there again: not deleted");
        } else if (target.head(digest).isEmpty()) {
            task.info(target + "@" + digest + " is not there");
        } else {
            target.registry().deleteManifest(target.repository(), digest);
            task.info("deleted " + target + "@" + digest);
        }
    }

    private void deleteTag(Tag tag) throws IOException {
        task.requireNoStop();
        if (source.head(tag).isPresent()) {
            task.warn(source + ":" + tag + " is there again: not deleted");
        } else if (target.head(tag).isEmpty()) {
            task.info(target + ":" + tag + " is not there");
        } else {
            target.registry().deleteTag(target.repository(), tag);
            task.info("deleted " + target + ":" + tag);
        }
    }
}
