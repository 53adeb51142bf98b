// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final Belongings belongings;
    private final Optional<Map<Tag, RemoteRegistry.TagState>> sourceStates;
    private final Optional<Map<Tag, RemoteRegistry.TagState>> targetStates;

    /**
     * @param tags all that the source has in the repository
     * @param meant those that will be asked for
     */
    Likeness(Transfer.Side source, Set<Tag> tags, Transfer.Side target, PlatformChoice platforms, Set<Tag> meant)
            throws IOException {
        this.source = source;
        this.target = target;
        this.belongings = new Belongings(source, target, platforms, new ReferrerLists(source, tags));
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
        return alone
                || belongings.look(wanted.get().digest(), wanted.get().mediaType(), Belongings.Lacks.NOTHING);
    }

    private static Optional<RemoteManifest.Head> head(Transfer.Side side,
            Optional<Map<Tag, RemoteRegistry.TagState>> states, Reference reference) throws IOException {
        return reference instanceof Tag tag && states.isPresent()
                ? Optional.ofNullable(states.get().get(tag)).map(RemoteRegistry.TagState::head)
                : side.head(reference);
    }
}
