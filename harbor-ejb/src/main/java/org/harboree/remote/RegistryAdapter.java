// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote;

import java.io.IOException;
import java.util.Optional;

/**
 * A kind of registry. A bean per kind, found by CDI; {@link RemoteRegistries} picks it by {@link #type()}.
 *
 * <p>A new kind is one class here and one test against a scripted upstream that speaks its dialect.
 */
public interface RegistryAdapter {
    /** Harbor's name of the kind, as {@code /replication/adapters} lists it. */
    String type();

    /** What {@code /replication/adapterinfos} shows; empty where there is nothing to tell. */
    default Optional<AdapterPattern> pattern() {
        return Optional.empty();
    }

    /**
     * Opens a registry of this kind.
     *
     * @throws RemoteRegistryException if that needs a request (its version, a first token) and it fails
     */
    RemoteRegistry open(RemoteEndpoint endpoint) throws IOException;
}
