// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.http;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** How requests prove who we are. Thread-safe. */
public interface Authorization {
    /** Whether requests to this address may carry the proof; a redirect to another host does not. */
    boolean covers(URI target);

    /**
     * The {@code Authorization} header of a request.
     *
     * @param scopes that the request needs
     * @return empty where it is to be sent without
     */
    Optional<String> header(List<String> scopes) throws IOException;

    /**
     * Takes notice of an answer of 401.
     *
     * @param sent the header that the request had
     * @return whether the request may be made once more, with a new header
     */
    boolean renew(RemoteAnswer refusal, List<String> scopes, Optional<String> sent) throws IOException;

    /** Anonymous. */
    static Authorization none() {
        return fixed(URI.create("http://none.invalid"), Optional.empty());
    }

    /** The same header with each request to the host of {@code home}: Basic, or a key. */
    static Authorization fixed(URI home, Optional<String> header) {
        Origin origin = Origin.of(home);
        return new Authorization() {
            @Override
            public boolean covers(URI target) {
                return Origin.of(target).equals(origin);
            }

            @Override
            public Optional<String> header(List<String> scopes) {
                return header;
            }

            @Override
            public boolean renew(RemoteAnswer refusal, List<String> scopes, Optional<String> sent) {
                return false;
            }
        };
    }
}
