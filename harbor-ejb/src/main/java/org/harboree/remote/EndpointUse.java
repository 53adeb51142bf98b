// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote;

import java.util.Optional;

/** Port: what still needs a registry endpoint. Implemented above, asked in the transaction that would delete it. */
public interface EndpointUse {
    /**
     * Who uses the endpoint, for the answer to whoever wants to delete it: {@code replication policies}. The row of the
     * endpoint is locked while it is asked.
     */
    Optional<String> of(long registryId);
}
