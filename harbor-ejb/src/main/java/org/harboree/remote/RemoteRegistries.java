// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;

/** The door to other registries: every kind that there is an adapter for. */
@ApplicationScoped
public class RemoteRegistries {
    private final Map<String, RegistryAdapter> adapters = new TreeMap<>();

    /** For the container's proxies. */
    protected RemoteRegistries() {
    }

    @Inject
    RemoteRegistries(@Any Instance<RegistryAdapter> adapters) {
        this(adapters.stream().toList());
    }

    /** Knows the given kinds only. */
    public RemoteRegistries(List<RegistryAdapter> adapters) {
        adapters.forEach(adapter -> this.adapters.put(adapter.type(), adapter));
    }

    /** Adapters, sorted by type. */
    public List<RegistryAdapter> adapters() {
        return new ArrayList<>(adapters.values());
    }

    /**
     * Opens a registry.
     *
     * @throws HarborException BAD_REQUEST if there is no adapter of the endpoint's type
     * @throws RemoteRegistryException if opening needs a request, and that fails
     */
    public RemoteRegistry open(RemoteEndpoint endpoint) throws IOException {
        RegistryAdapter adapter = adapters.get(endpoint.type());
        if (adapter == null) {
            throw new HarborException(ErrorCode.BAD_REQUEST, "there is no adapter for registries of type "
                    + endpoint.type());
        }
        return adapter.open(endpoint);
    }
}
