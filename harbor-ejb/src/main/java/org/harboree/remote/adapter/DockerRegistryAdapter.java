// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.adapter;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import org.harboree.remote.RegistryAdapter;
import org.harboree.remote.RemoteEndpoint;
import org.harboree.remote.RemoteRegistry;
import org.harboree.remote.distribution.OciRegistry;
import org.harboree.remote.http.ChallengeAuthorization;
import org.harboree.remote.http.RemoteConnections;
import org.harboree.remote.http.RemoteHttp;

/** Any registry that speaks the Distribution Spec, and has a catalog. */
@Dependent
public class DockerRegistryAdapter implements RegistryAdapter {
    public static final String TYPE = "docker-registry";

    private final RemoteConnections connections;

    @Inject
    public DockerRegistryAdapter(RemoteConnections connections) {
        this.connections = connections;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public RemoteRegistry open(RemoteEndpoint endpoint) throws IOException {
        RemoteHttp http = connections.to(endpoint);
        return new OciRegistry(endpoint, Infos.plain(TYPE), http,
                new ChallengeAuthorization(http, endpoint.url(), endpoint::credential)) {
            @Override
            protected boolean takesPieces() {
                return true;
            }
        };
    }
}
