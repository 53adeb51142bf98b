// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.harboree.oci.Descriptor;
import org.harboree.oci.Digest;
import org.harboree.oci.Tag;

/**
 * What refers to the artifacts of one repository. A registry without an API for that keeps it as tags: after some
 * questions these are listed once, for hardly one artifact in a thousand has such a tag. For one thread.
 */
final class ReferrerLists {
    /** Artifacts whose lists are asked for one by one. */
    private static final int FEW = 2;

    private final Transfer.Side side;
    private int asked;
    /** Null before they were listed. */
    private Set<Tag> tags;

    ReferrerLists(Transfer.Side side) {
        this.side = side;
    }

    /** @param tags all that the repository has */
    ReferrerLists(Transfer.Side side, Set<Tag> tags) {
        this.side = side;
        this.tags = tags;
    }

    List<Descriptor> of(Digest subject) throws IOException {
        asked++;
        if ((tags != null || asked > FEW) && side.registry().lacksReferrersApi(side.repository())) {
            if (tags == null) {
                tags = Set.copyOf(side.registry().tags(side.repository()));
            }
            if (!tags.contains(Tag.ofReferrers(subject))) {
                return List.of();
            }
        }
        return side.registry().referrers(side.repository(), subject);
    }
}
