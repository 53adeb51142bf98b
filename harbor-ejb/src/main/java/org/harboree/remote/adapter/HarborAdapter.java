// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import org.harboree.remote.RegistryAdapter;
import org.harboree.remote.RemoteEndpoint;
import org.harboree.remote.RemoteRegistry;
import org.harboree.remote.RemoteRegistryException;
import org.harboree.remote.RemoteRegistryException.Kind;
import org.harboree.remote.http.Authorization;
import org.harboree.remote.http.CredentialSource;
import org.harboree.remote.http.JsonApi;
import org.harboree.remote.http.RemoteConnections;
import org.harboree.remote.http.RemoteHttp;

/** A Harbor from 2.0 on, this product included: asked for its version when it is opened. */
@Dependent
public class HarborAdapter implements RegistryAdapter {
    public static final String TYPE = "harbor";

    private static final String API_VERSION = "v2.0";

    private final RemoteConnections connections;

    @Inject
    public HarborAdapter(RemoteConnections connections) {
        this.connections = connections;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public RemoteRegistry open(RemoteEndpoint endpoint) throws IOException {
        RemoteHttp http = connections.to(endpoint);
        // Harbor has no challenge for its API: who sends nothing is nobody.
        Authorization basic = Authorization.fixed(endpoint.url(),
                endpoint.credential().map(CredentialSource::basic));
        JsonApi api = new JsonApi(endpoint.url(), http, basic);
        String version = api.find("/api/version").map(json -> json.path("version")).map(JsonNode::asText).orElse("");
        if (!version.equals(API_VERSION)) {
            throw new RemoteRegistryException(Kind.REFUSED, "GET " + endpoint.url() + "/api/version",
                    "this is no Harbor with the API " + API_VERSION + (version.isEmpty() ? "" : ", but " + version));
        }
        return new HarborRegistry(endpoint, http, api);
    }
}
