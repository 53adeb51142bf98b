// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.harboree.oci.NamePattern;
import org.harboree.oci.Tag;
import org.harboree.remote.AdapterPattern;
import org.harboree.remote.RegistryAdapter;
import org.harboree.remote.RemoteCredential;
import org.harboree.remote.RemoteEndpoint;
import org.harboree.remote.RemoteName;
import org.harboree.remote.RemoteRegistry;
import org.harboree.remote.distribution.OciRegistry;
import org.harboree.remote.http.Authorization;
import org.harboree.remote.http.ChallengeAuthorization;
import org.harboree.remote.http.JsonApi;
import org.harboree.remote.http.RemoteConnections;
import org.harboree.remote.http.RemoteHttp;
import org.harboree.remote.http.SessionAuthorization;

/** Docker Hub: lists, deletes and makes namespaces at one host, holds the images at another. */
@Dependent
public class DockerHubAdapter implements RegistryAdapter {
    private static final String TYPE = "docker-hub";
    private static final String HUB = "hub.docker.com";
    private static final URI REGISTRY = URI.create("https://registry-1.docker.io");
    /** A token of the Hub lives ten minutes. */
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(9);

    private final RemoteConnections connections;

    @Inject
    public DockerHubAdapter(RemoteConnections connections) {
        this.connections = connections;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Optional<AdapterPattern> pattern() {
        return Optional.of(Infos.only(HUB, "https://" + HUB));
    }

    @Override
    public RemoteRegistry open(RemoteEndpoint endpoint) throws IOException {
        RemoteHttp http = connections.to(endpoint);
        JsonApi open = new JsonApi(endpoint.url(), http, Authorization.none());
        Optional<RemoteCredential> credential = endpoint.credential();
        Authorization session = credential.isEmpty() ? Authorization.none()
                : new SessionAuthorization(endpoint.url(), TOKEN_LIFE, () -> "Bearer " + open.send("POST",
                        "/v2/auth/token", Map.of("identifier", credential.get().accessKey(), "secret",
                                credential.get().accessSecret())).path("access_token").asText());
        URI registry = HUB.equals(endpoint.url().getHost()) ? REGISTRY : endpoint.url();
        return new Registry(endpoint, registry, http, new JsonApi(endpoint.url(), http, session));
    }

    private static final class Registry extends OciRegistry {
        private static final int PAGE = 100;

        private final JsonApi hub;

        Registry(RemoteEndpoint endpoint, URI registry, RemoteHttp http, JsonApi hub) {
            super(endpoint, registry, Infos.plain(TYPE), http,
                    new ChallengeAuthorization(http, registry, endpoint::credential));
            this.hub = hub;
        }

        @Override
        protected Collection<String> listRepositories(NamePattern pattern) throws IOException {
            Optional<Set<String>> named = pattern.literalFirstComponents();
            Collection<String> namespaces = named.isPresent() ? named.get() : ownNamespaces();
            Set<String> names = new TreeSet<>();
            for (String namespace : namespaces) {
                addRepositories(namespace, names);
            }
            return names;
        }

        /** The registry itself deletes nothing; of a manifest the Hub deletes the tags. */
        @Override
        public void deleteTag(RemoteName repository, Tag tag) throws IOException {
            hub.delete("/v2/repositories/" + repository + "/tags/" + tag + "/");
        }

        /** Makes organizations; the user's own namespaces are there. */
        @Override
        public Set<RemoteName> prepareForPush(Collection<Destination> destinations) throws IOException {
            Set<String> missing = new TreeSet<>();
            destinations.forEach(to -> missing.add(to.repository().firstComponent()));
            missing.removeAll(ownNamespaces());
            for (String namespace : missing) {
                if (hub.find("/v2/orgs/" + namespace + "/").isEmpty()) {
                    hub.create("POST", "/v2/orgs/", Map.of("orgname", namespace, "full_name", namespace, "company",
                            namespace));
                }
            }
            return Set.of();
        }

        private Set<String> ownNamespaces() throws IOException {
            Set<String> namespaces = new HashSet<>();
            hub.get("/v2/repositories/namespaces").path("namespaces")
                    .forEach(namespace -> namespaces.add(namespace.asText()));
            return namespaces;
        }

        private void addRepositories(String namespace, Set<String> into) throws IOException {
            for (int page = 1;; page++) {
                Optional<JsonNode> found = hub.find("/v2/repositories/" + JsonApi.encode(namespace) + "/?page=" + page
                        + "&page_size=" + PAGE);
                if (found.isEmpty()) {
                    return;
                }
                found.get().path("results").forEach(repository -> into.add(
                        repository.path("namespace").asText(namespace) + "/" + repository.path("name").asText()));
                if (found.get().path("next").asText("").isEmpty() || found.get().path("next").isNull()) {
                    return;
                }
            }
        }
    }
}
