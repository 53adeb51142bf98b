// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.harboree.oci.Descriptor;
import org.harboree.oci.Digest;
import org.harboree.oci.ManifestParser;
import org.harboree.oci.MediaTypes;
import org.harboree.oci.Reference;
import org.harboree.oci.Tag;
import org.harboree.remote.RemoteManifest;
import org.harboree.remote.RemoteRegistry;

/**
 * Tells whether a copy would find nothing to do: the other side has the artifact under its tags, the children that the
 * policy chooses, and what refers to any of them. Asks for digests only. For one thread.
 */
final class Likeness {
    private final Transfer.Side source;
    private final Transfer.Side target;
    private final PlatformChoice platforms;
    private final ReferrerLists referrers;
    private final Optional<Map<Tag, RemoteRegistry.TagState>> sourceStates;
    private final Optional<Map<Tag, RemoteRegistry.TagState>> targetStates;
    private final Set<Digest> seen = new HashSet<>();

    /**
     * @param tags all that the source has in the repository
     * @param meant those that will be asked for
     */
    Likeness(Transfer.Side source, Set<Tag> tags, Transfer.Side target, PlatformChoice platforms, Set<Tag> meant)
            throws IOException {
        this.source = source;
        this.target = target;
        this.platforms = platforms;
        this.referrers = new ReferrerLists(source, tags);
        this.sourceStates = source.registry().tagStates(source.repository(), meant);
        this.targetStates = target.registry().tagStates(target.repository(), meant);
    }

    boolean holdsFor(TaskSpec.Item item) throws IOException {
        if (item.tags().isEmpty()) {
            return holdsFor(item.digest().orElseThrow());
        }
        for (Reference tag : item.tags()) {
            if (!holdsFor(tag)) {
                return false;
            }
        }
        return true;
    }

    private boolean holdsFor(Reference reference) throws IOException {
        Optional<RemoteManifest.Head> wanted = head(source, sourceStates, reference);
        if (wanted.isEmpty() || !wanted.get().digest().equals(
                head(target, targetStates, reference).map(RemoteManifest.Head::digest).orElse(null))) {
            return false;
        }
        boolean alone = reference instanceof Tag tag && sourceStates.isPresent()
                && !sourceStates.get().get(tag).referred() && !MediaTypes.isIndex(wanted.get().mediaType());
        return alone || isWhole(wanted.get().digest(), wanted.get().mediaType());
    }

    private static Optional<RemoteManifest.Head> head(Transfer.Side side,
            Optional<Map<Tag, RemoteRegistry.TagState>> states, Reference reference) throws IOException {
        return reference instanceof Tag tag && states.isPresent()
                ? Optional.ofNullable(states.get().get(tag)).map(RemoteRegistry.TagState::head)
                : side.head(reference);
    }

    /** Whether the other side, which has the manifest, has all that belongs to it. */
    private boolean isWhole(Digest digest, String mediaType) throws IOException {
        if (!seen.add(digest)) {
            return true;
        }
        List<Descriptor> referring = referrers.of(digest);
        for (Descriptor referrer : referring) {
            if (target.head(referrer.digest()).isEmpty() || !isWhole(referrer.digest(), referrer.mediaType())) {
                return false;
            }
        }
        return (referring.isEmpty() || lists(digest, referring))
                && (!MediaTypes.isIndex(mediaType) || hasChildren(digest));
    }

    /** Whether the other side names these as referrers, too, where that takes a tag. */
    private boolean lists(Digest subject, List<Descriptor> referring) throws IOException {
        if (!target.registry().lacksReferrersApi(target.repository())) {
            return true;
        }
        Set<Digest> listed = new HashSet<>();
        target.registry().referrers(target.repository(), subject).forEach(known -> listed.add(known.digest()));
        return referring.stream().allMatch(referrer -> listed.contains(referrer.digest()));
    }

    private boolean hasChildren(Digest digest) throws IOException {
        Optional<RemoteManifest> index = source.registry().manifest(source.repository(), digest);
        if (index.isEmpty()) {
            return false;
        }
        List<Descriptor> children = ManifestParser.parse(index.get().bytes(), index.get().mediaType(),
                digest.algorithm()).children();
        for (Descriptor child : platforms.of(children)) {
            boolean there = target.head(child.digest()).isPresent();
            if (there ? !isWhole(child.digest(), child.mediaType()) : source.head(child.digest()).isPresent()) {
                return false;
            }
        }
        return true;
    }
}
