// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;

/**
 * The door to other registries: every kind that there is an adapter for. A registry that was opened stays open for a
 * while, with its connections and tokens; it is another one once anything of its endpoint changes.
 */
@ApplicationScoped
public class RemoteRegistries {
    private static final int MAX_OPEN = 200;
    /** Then the registry is asked again what it is. */
    private static final Duration OPEN = Duration.ofMinutes(10);

    private final Map<String, RegistryAdapter> adapters = new TreeMap<>();
    private final Cache<RemoteEndpoint, RemoteRegistry> open =
            Caffeine.newBuilder().maximumSize(MAX_OPEN).expireAfterWrite(OPEN).build();

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
     * Opens a registry, or returns the open one.
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
        RemoteRegistry known = open.getIfPresent(endpoint);
        if (known != null) {
            return known;
        }
        RemoteRegistry fresh = adapter.open(endpoint);
        RemoteRegistry other = open.asMap().putIfAbsent(endpoint, fresh);
        return other == null ? fresh : other;
    }
}
