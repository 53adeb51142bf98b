// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.adapter;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.harboree.oci.NamePattern;
import org.harboree.remote.AdapterInfo;
import org.harboree.remote.RegistryAdapter;
import org.harboree.remote.RemoteEndpoint;
import org.harboree.remote.RemoteName;
import org.harboree.remote.RemoteRegistry;
import org.harboree.remote.distribution.OciRegistry;
import org.harboree.remote.http.Authorization;
import org.harboree.remote.http.ChallengeAuthorization;
import org.harboree.remote.http.CredentialSource;
import org.harboree.remote.http.JsonApi;
import org.harboree.remote.http.RemoteConnections;
import org.harboree.remote.http.RemoteHttp;

/** Huawei Cloud's SWR: its own API lists repositories and makes organizations. */
@Dependent
public class HuaweiAdapter implements RegistryAdapter {
    private static final String TYPE = "huawei-SWR";
    private static final AdapterInfo INFO = new AdapterInfo(TYPE,
            "Adapter for SWR -- The image registry of Huawei Cloud", Infos.plain(TYPE).filters(), Infos.TRIGGERS,
            false);

    private final RemoteConnections connections;

    @Inject
    public HuaweiAdapter(RemoteConnections connections) {
        this.connections = connections;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public RemoteRegistry open(RemoteEndpoint endpoint) throws IOException {
        RemoteHttp http = connections.to(endpoint);
        Authorization basic = Authorization.fixed(endpoint.url(), endpoint.credential().map(CredentialSource::basic));
        return new Registry(endpoint, http, new JsonApi(endpoint.url(), http, basic));
    }

    private static final class Registry extends OciRegistry {
        private final JsonApi api;

        Registry(RemoteEndpoint endpoint, RemoteHttp http, JsonApi api) {
            super(endpoint, INFO, http, new ChallengeAuthorization(http, endpoint.url(), endpoint::credential));
            this.api = api;
        }

        @Override
        protected Collection<String> listRepositories(NamePattern pattern) throws IOException {
            Set<String> names = new TreeSet<>();
            api.get("/dockyard/v2/repositories?filter=center::self").forEach(repository -> names.add(
                    repository.path("namespace").asText() + "/" + repository.path("name").asText()));
            return names;
        }

        @Override
        public Set<RemoteName> prepareForPush(Collection<Destination> destinations) throws IOException {
            Set<String> namespaces = new TreeSet<>();
            destinations.forEach(to -> namespaces.add(to.repository().firstComponent()));
            for (String namespace : namespaces) {
                String known = api.find("/dockyard/v2/namespaces/" + namespace)
                        .map(found -> found.path("name").asText()).orElse("");
                if (!known.equals(namespace)) {
                    api.create("POST", "/dockyard/v2/namespaces", Map.of("namespace", namespace));
                }
            }
            return Set.of();
        }
    }
}
