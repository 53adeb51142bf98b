// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote;

import org.harboree.oci.Digest;

/**
 * A blob to upload.
 *
 * @param size in bytes
 * @param bytes where they come from
 * @param pieces in which it goes if it is large
 * @param sessions where its upload is kept until it has ended, so that it goes on after a restart
 */
public record OutgoingBlob(Digest digest, long size, BlobSource bytes, PieceSize pieces, UploadSessions sessions) {
    /** One whose upload begins anew after a restart. */
    public static OutgoingBlob of(Digest digest, long size, BlobSource bytes) {
        return new OutgoingBlob(digest, size, bytes, PieceSize.ofWay(0), UploadSessions.NONE);
    }

    /** Whether one piece is all of it, and no earlier attempt left some of it. */
    public boolean goesWhole() {
        return size <= pieces.next() && sessions.find(digest).isEmpty();
    }
}
