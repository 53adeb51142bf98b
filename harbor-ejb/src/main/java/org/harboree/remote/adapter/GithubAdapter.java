// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.adapter;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import org.harboree.oci.NamePattern;
import org.harboree.remote.AdapterPattern;
import org.harboree.remote.RegistryAdapter;
import org.harboree.remote.RemoteEndpoint;
import org.harboree.remote.RemoteRegistry;
import org.harboree.remote.RemoteRegistryException;
import org.harboree.remote.RemoteRegistryException.Kind;
import org.harboree.remote.distribution.OciRegistry;
import org.harboree.remote.http.ChallengeAuthorization;
import org.harboree.remote.http.RemoteConnections;
import org.harboree.remote.http.RemoteHttp;

/** GitHub's container registry: it has no catalog, so repositories are named one by one. */
@Dependent
public class GithubAdapter implements RegistryAdapter {
    private static final String TYPE = "github-ghcr";

    private final RemoteConnections connections;

    @Inject
    public GithubAdapter(RemoteConnections connections) {
        this.connections = connections;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Optional<AdapterPattern> pattern() {
        return Optional.of(Infos.only("ghcr.io", "https://ghcr.io"));
    }

    @Override
    public RemoteRegistry open(RemoteEndpoint endpoint) throws IOException {
        RemoteHttp http = connections.to(endpoint);
        return new OciRegistry(endpoint, Infos.plain(TYPE), http,
                new ChallengeAuthorization(http, endpoint.url(), endpoint::credential)) {
            @Override
            protected Collection<String> listRepositories(NamePattern pattern) throws IOException {
                throw new RemoteRegistryException(Kind.REFUSED, "GET " + endpoint.url() + "/v2/_catalog",
                        "the registry cannot list its repositories: name them without wildcards, not as " + pattern);
            }
        };
    }
}
