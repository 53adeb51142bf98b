// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Optional;
import org.harboree.config.SecretBox;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.transaction.UnitOfWork;

/** Registry endpoints by id, for jobs and rules. Whether somebody may is asked in {@link RegistryEndpointService}. */
@ApplicationScoped
public class RegistryEndpoints {
    private RegistryEndpointDao endpoints;
    private SecretBox box;
    private RemoteRegistries registries;
    private UnitOfWork work;

    /** For the container's proxies. */
    protected RegistryEndpoints() {
    }

    @Inject
    public RegistryEndpoints(RegistryEndpointDao endpoints, SecretBox box, RemoteRegistries registries,
            UnitOfWork work) {
        this.endpoints = endpoints;
        this.box = box;
        this.registries = registries;
        this.work = work;
    }

    public Optional<RegistryEndpoint> find(long id) {
        return work.call(() -> endpoints.find(id));
    }

    /**
     * Keeps an endpoint from being deleted until the running transaction ends, for who writes a row that needs it.
     *
     * @return false if there is none
     */
    public boolean hold(long id) {
        return work.call(() -> endpoints.hold(id)).isPresent();
    }

    /**
     * Opens the registry as the endpoint is now. Outside of a transaction, for it may take a request.
     *
     * @throws HarborException NOT_FOUND if there is no such endpoint
     */
    public RemoteRegistry open(long id) throws IOException {
        EndpointSettings settings = find(id).map(endpoint -> endpoint.settings(box))
                .orElseThrow(() -> missing(id));
        return registries.open(settings.endpoint());
    }

    static HarborException missing(long id) {
        return new HarborException(ErrorCode.NOT_FOUND, "registry " + id + " not found");
    }
}
