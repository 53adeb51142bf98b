// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.harboree.oci.Digest;

/** Sessions that outlive what a test takes for a process. */
public final class KeptSessions implements UploadSessions {
    private final Map<Digest, String> sessions = new HashMap<>();

    /** A blob whose upload is kept here. */
    public OutgoingBlob blob(byte[] content, BlobSource bytes) {
        return new OutgoingBlob(Digest.sha256(content), content.length, bytes, PieceSize.ofWay(0), this);
    }

    @Override
    public Optional<String> find(Digest digest) {
        return Optional.ofNullable(sessions.get(digest));
    }

    @Override
    public void remember(Digest digest, String session) {
        sessions.put(digest, session);
    }

    @Override
    public void forget(Digest digest) {
        sessions.remove(digest);
    }
}
