// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.adapter;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import org.harboree.remote.AdapterInfo;
import org.harboree.remote.RegistryAdapter;
import org.harboree.remote.RemoteEndpoint;
import org.harboree.remote.RemoteName;
import org.harboree.remote.RemoteRegistry;
import org.harboree.remote.distribution.OciRegistry;
import org.harboree.remote.http.ChallengeAuthorization;
import org.harboree.remote.http.RemoteConnections;
import org.harboree.remote.http.RemoteHttp;

/** Azure's container registry: to read its lists of tags takes a right of its own. */
@Dependent
public class AzureAdapter implements RegistryAdapter {
    private static final String TYPE = "azure-acr";
    private static final AdapterInfo INFO = new AdapterInfo(TYPE, "",
            List.of(Infos.NAME, Infos.TAG, Infos.resources("image", "artifact")), Infos.TRIGGERS, true);

    private final RemoteConnections connections;

    @Inject
    public AzureAdapter(RemoteConnections connections) {
        this.connections = connections;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public RemoteRegistry open(RemoteEndpoint endpoint) throws IOException {
        RemoteHttp http = connections.to(endpoint);
        return new OciRegistry(endpoint, INFO, http,
                new ChallengeAuthorization(http, endpoint.url(), endpoint::credential)) {
            @Override
            protected String tagListScope(RemoteName repository) {
                return "repository:" + repository + ":metadata_read";
            }
        };
    }
}
