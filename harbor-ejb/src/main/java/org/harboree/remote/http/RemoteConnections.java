// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.harboree.config.Settings;
import org.harboree.remote.RemoteEndpoint;
import org.harboree.remote.RemoteRegistryException;

/** Makes the HTTP side of an endpoint, by the settings of this node. */
@ApplicationScoped
public class RemoteConnections {
    private TargetGuard guard;
    private HttpLimits limits;

    /** For the container's proxies. */
    protected RemoteConnections() {
    }

    @Inject
    RemoteConnections(Settings settings) {
        this(new TargetGuard(settings.allowsLoopbackTargets()), HttpLimits.standard(settings.remoteConnections()));
    }

    public RemoteConnections(TargetGuard guard, HttpLimits limits) {
        this.guard = guard;
        this.limits = limits;
    }

    /** @throws RemoteRegistryException UNTRUSTED if the endpoint's authorities cannot be read */
    public RemoteHttp to(RemoteEndpoint endpoint) throws RemoteRegistryException {
        return new RemoteHttp(endpoint, guard, limits);
    }
}
