// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.harboree.config.SecretBox;
import org.harboree.error.HarborException;
import org.harboree.transaction.UnitOfWork;

/** Whether registries answer: asked when one is entered, and every few minutes from then on. */
@ApplicationScoped
public class EndpointHealth {
    /** Harbor's interval. */
    static final int INTERVAL_SECONDS = 300;
    private static final int BATCH = 50;

    private RegistryEndpointDao endpoints;
    private SecretBox box;
    private RemoteRegistries registries;
    private UnitOfWork work;

    /** For the container's proxies. */
    protected EndpointHealth() {
    }

    @Inject
    public EndpointHealth(RegistryEndpointDao endpoints, SecretBox box, RemoteRegistries registries,
            UnitOfWork work) {
        this.endpoints = endpoints;
        this.box = box;
        this.registries = registries;
        this.work = work;
    }

    /**
     * Checks the registries that were not checked for five minutes. To be called often, outside of a transaction, on
     * any number of nodes: each registry is asked by one of them.
     */
    public void checkHealth() {
        checkHealth(INTERVAL_SECONDS);
    }

    void checkHealth(int seconds) {
        List<Long> due = work.call(() -> endpoints.due(seconds, BATCH));
        for (long id : due) {
            work.call(() -> endpoints.claim(id, seconds) ? endpoints.find(id) : Optional.<RegistryEndpoint>empty())
                    .ifPresent(this::check);
        }
    }

    /**
     * Asks a registry whether it is there and takes the credential.
     *
     * @return why not; empty if it is well
     * @throws HarborException BAD_REQUEST if there is no adapter of the type
     */
    Optional<String> objection(EndpointSettings settings) {
        try {
            registries.open(settings.endpoint()).ping();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private void check(RegistryEndpoint endpoint) {
        Optional<String> objection;
        try {
            objection = objection(endpoint.settings(box));
        } catch (HarborException | IllegalStateException e) {
            // An adapter that is no more, or a secret of another key.
            objection = Optional.of(e.getMessage());
        }
        String health = objection.isEmpty() ? RegistryEndpoint.HEALTHY : RegistryEndpoint.UNHEALTHY;
        if (!health.equals(endpoint.health())) {
            objection.ifPresentOrElse(why -> RemoteLog.LOG.unhealthy(endpoint.name(), why),
                    () -> RemoteLog.LOG.healthyAgain(endpoint.name()));
            work.run(() -> endpoints.setHealth(endpoint.id(), endpoint.version(), health));
        }
    }
}
