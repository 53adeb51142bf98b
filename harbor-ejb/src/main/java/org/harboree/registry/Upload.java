// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import java.util.UUID;
import org.harboree.access.Caller;
import org.harboree.oci.Digest;

/**
 * An upload session.
 *
 * <pre>
 *   POST ─► open at 0 ─ PATCH ─► open at n ─ … ─ PUT with the right digest ─► blob
 *                                   │  ▲             │ wrong digest
 *                                   │  └─────────────┘ (stays open at n)
 *                                   ├─ DELETE ─► gone
 *                                   └─ nobody touches it for a week ─► gone
 * </pre>
 *
 * @param id unguessable, a random UUID; good only for its owner and its repository
 * @param offset bytes that were acknowledged and are durable; what lies beyond in the staging file does not count
 */
public record Upload(String id, long repositoryId, String owner, Digest.Algorithm algorithm, long offset) {

    static Upload begin(long repositoryId, Caller caller, Digest.Algorithm algorithm) {
        return new Upload(UUID.randomUUID().toString(), repositoryId, ownerOf(caller), algorithm, 0);
    }

    /** By id, not by name: who gets the name of a deleted user gets nothing of theirs. */
    static String ownerOf(Caller caller) {
        return caller.kind().name().toLowerCase(java.util.Locale.ROOT) + ":" + caller.userId();
    }

    Upload at(long newOffset) {
        return new Upload(id, repositoryId, owner, algorithm, newOffset);
    }
}
