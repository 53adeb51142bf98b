// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote;

import java.util.Optional;
import org.harboree.oci.Digest;

/** Uploads that were begun and not ended, kept where a restart does not reach them: what goes on needs no new start. */
public interface UploadSessions {
    /** For those who do not come back. */
    UploadSessions NONE = new UploadSessions() {
        @Override
        public Optional<String> find(Digest digest) {
            return Optional.empty();
        }

        @Override
        public void remember(Digest digest, String session) {
            // nothing goes on with it
        }

        @Override
        public void forget(Digest digest) {
            // nothing was remembered
        }
    };

    /** The session of the blob, in the words of the registry that remembered it, if there is one. */
    Optional<String> find(Digest digest);

    /** Keeps it; when this returns, it outlives the process. */
    void remember(Digest digest, String session);

    /** It has ended. Need not be kept at once: a session that is no more is found out to be none. */
    void forget(Digest digest);
}
