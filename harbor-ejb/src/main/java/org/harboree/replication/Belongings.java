// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.harboree.oci.Descriptor;
import org.harboree.oci.Digest;
import org.harboree.oci.ManifestParser;
import org.harboree.oci.MediaTypes;
import org.harboree.remote.RemoteManifest;

/**
 * Looks for what a copy brings along with a manifest that the other side has: what refers to it, the children of an
 * index that the policy chooses, and what belongs to any of these. Asks for digests only; looks at each manifest once.
 * Of one repository, for one thread.
 */
final class Belongings {
    private final Transfer.Side source;
    private final Transfer.Side target;
    private final PlatformChoice platforms;
    private final ReferrerLists referrers;
    private final Set<Digest> seen = new HashSet<>();

    /** Is told what the other side lacks. */
    interface Lacks {
        /** Says that there is no need to look further. */
        Lacks NOTHING = new Lacks() {
            @Override
            public boolean manifest(Descriptor part) {
                return false;
            }

            @Override
            public boolean listed(Digest subject) {
                return false;
            }
        };

        /** @return whether to look further */
        boolean manifest(Descriptor part) throws IOException;

        /** The tag that stands in for a missing referrers API does not name all. @return whether to look further */
        default boolean listed(Digest subject) {
            return true;
        }
    }

    Belongings(Transfer.Side source, Transfer.Side target, PlatformChoice platforms, ReferrerLists referrers) {
        this.source = source;
        this.target = target;
        this.platforms = platforms;
        this.referrers = referrers;
    }

    /** @return false once it was told to look no further */
    boolean look(Digest digest, String mediaType, Lacks lacks) throws IOException {
        if (!seen.add(digest)) {
            return true;
        }
        List<Descriptor> referring = referrers.of(digest);
        for (Descriptor referrer : referring) {
            if (!lookAt(referrer, lacks)) {
                return false;
            }
        }
        return (referring.isEmpty() || isListed(digest, referring) || lacks.listed(digest))
                && (!MediaTypes.isIndex(mediaType) || lookAtChildren(digest, lacks));
    }

    private boolean lookAtChildren(Digest digest, Lacks lacks) throws IOException {
        Optional<RemoteManifest> index = source.registry().manifest(source.repository(), digest);
        if (index.isPresent()) {
            for (Descriptor child : platforms.of(ManifestParser.parse(index.get().bytes(), index.get().mediaType(),
                    digest.algorithm()).children())) {
                if (!lookAt(child, lacks)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** What the source lacks as well is none that a copy would bring. */
    private boolean lookAt(Descriptor part, Lacks lacks) throws IOException {
        if (target.head(part.digest()).isPresent()) {
            return look(part.digest(), part.mediaType(), lacks);
        }
        return source.head(part.digest()).isEmpty() || lacks.manifest(part);
    }

    private boolean isListed(Digest subject, List<Descriptor> referring) throws IOException {
        if (!target.registry().lacksReferrersApi(target.repository())) {
            return true;
        }
        Set<Digest> listed = new HashSet<>();
        target.registry().referrers(target.repository(), subject).forEach(known -> listed.add(known.digest()));
        return referring.stream().allMatch(referrer -> listed.contains(referrer.digest()));
    }
}
