// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import java.util.List;
import java.util.Optional;
import org.harboree.oci.Digest;
import org.harboree.remote.RemoteName;

/**
 * How the two sides of a policy differ.
 *
 * @param missing what is on the source only
 * @param different tags that name another artifact on the other side
 * @param extra tags of the destination's repositories that the policy would not put there; a run leaves them alone
 * @param bytes that a run would send for the missing and the different, each blob once; mounts may save some of them
 * @param complete whether all was compared; else the report ends at a limit
 */
public record Reconciliation(List<Difference> missing, List<Difference> different, List<Difference> extra, long bytes,
        boolean complete) {
    public Reconciliation {
        missing = List.copyOf(missing);
        different = List.copyOf(different);
        extra = List.copyOf(extra);
    }

    /** Whether a run would do nothing, and the destination has nothing else. */
    public boolean isEmpty() {
        return missing.isEmpty() && different.isEmpty() && extra.isEmpty() && complete;
    }

    /**
     * One tag, or one artifact without a tag.
     *
     * @param source its repository on the source
     * @param destination its repository on the other side
     * @param reference the tag or digest
     * @param sourceDigest what it is on the source
     * @param destinationDigest what it is on the other side
     */
    public record Difference(RemoteName source, RemoteName destination, String reference,
            Optional<Digest> sourceDigest, Optional<Digest> destinationDigest) {
    }
}
