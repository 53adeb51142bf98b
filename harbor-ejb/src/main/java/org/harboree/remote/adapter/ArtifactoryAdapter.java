// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.harboree.oci.NamePattern;
import org.harboree.oci.Tag;
import org.harboree.remote.OutgoingBlob;
import org.harboree.remote.RegistryAdapter;
import org.harboree.remote.RemoteEndpoint;
import org.harboree.remote.RemoteName;
import org.harboree.remote.RemoteRegistry;
import org.harboree.remote.RemoteRegistryException;
import org.harboree.remote.RemoteRegistryException.Kind;
import org.harboree.remote.distribution.OciRegistry;
import org.harboree.remote.http.Authorization;
import org.harboree.remote.http.ChallengeAuthorization;
import org.harboree.remote.http.CredentialSource;
import org.harboree.remote.http.JsonApi;
import org.harboree.remote.http.RemoteConnections;
import org.harboree.remote.http.RemoteHttp;

/** JFrog Artifactory: the first component of a name is a repository of Artifactory, which has a catalog of its own. */
@Dependent
public class ArtifactoryAdapter implements RegistryAdapter {
    private static final String TYPE = "jfrog-artifactory";

    private final RemoteConnections connections;

    @Inject
    public ArtifactoryAdapter(RemoteConnections connections) {
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
        private static final String API = "/artifactory/api/";
        /** Kinds of Artifactory's repositories that hold what a registry holds. */
        private static final List<String> KINDS = List.of("docker", "oci", "helmoci", "helm-oci");
        private static final Set<Kind> NOT_HERE = Set.of(Kind.NOT_FOUND, Kind.FORBIDDEN, Kind.REFUSED);
        private static final int PAGE = 1_000;

        private final JsonApi api;

        Registry(RemoteEndpoint endpoint, RemoteHttp http, JsonApi api) {
            super(endpoint, Infos.plain(TYPE), http,
                    new ChallengeAuthorization(http, endpoint.url(), endpoint::credential));
            this.api = api;
        }

        @Override
        protected Collection<String> listRepositories(NamePattern pattern) throws IOException {
            Optional<Set<String>> wanted = pattern.literalFirstComponents();
            Set<String> names = new TreeSet<>();
            for (JsonNode repository : api.get(API + "repositories")) {
                String key = repository.path("key").asText();
                String kind = repository.path("packageType").asText().toLowerCase(Locale.ROOT);
                if (KINDS.contains(kind) && (wanted.isEmpty() || wanted.get().contains(key))) {
                    addRepositories(API + kind + "/" + JsonApi.encode(key) + "/v2/_catalog", key, names);
                }
            }
            return names;
        }

        /** Tags are listed where the repository is; which kind it is of is tried. */
        @Override
        public List<Tag> tags(RemoteName repository) throws IOException {
            String key = repository.firstComponent();
            if (key.length() == repository.value().length()) {
                return List.of();
            }
            String rest = repository.value().substring(key.length() + 1);
            for (String kind : KINDS) {
                try {
                    return tagsAt(API + kind + "/" + key + "/v2/" + rest + "/tags/list");
                } catch (RemoteRegistryException e) {
                    if (!NOT_HERE.contains(e.kind())) {
                        throw e;
                    }
                }
            }
            return List.of();
        }

        /** Artifactory takes the bytes of an upload by {@code PATCH} only. */
        @Override
        public void uploadBlob(RemoteName repository, OutgoingBlob blob) throws IOException {
            uploadBlobInChunks(repository, blob, Math.max(blob.size(), 1));
        }

        @Override
        public Set<RemoteName> prepareForPush(Collection<Destination> destinations) throws IOException {
            Set<String> known = new HashSet<>();
            api.get(API + "repositories").forEach(repository -> known.add(repository.path("key").asText()));
            Set<String> missing = new TreeSet<>();
            destinations.forEach(to -> missing.add(to.repository().firstComponent()));
            missing.removeAll(known);
            for (String key : missing) {
                api.create("PUT", API + "repositories/" + key, Map.of("key", key, "rclass", "local", "packageType",
                        "docker", "repoLayoutRef", "simple-default"));
            }
            return Set.of();
        }

        /** One that cannot be listed (offline, not for us) does not keep the others back. */
        private void addRepositories(String catalog, String key, Set<String> into) throws IOException {
            String first = catalog + "?n=" + PAGE;
            try {
                api.pages(first, page -> page.path("repositories").forEach(name -> into.add(key + "/" + name.asText())),
                        answer -> OciRegistry.nextQuery(answer).map(query -> catalog + "?" + query));
            } catch (RemoteRegistryException e) {
                if (!NOT_HERE.contains(e.kind())) {
                    throw e;
                }
            }
        }

        private List<Tag> tagsAt(String path) throws IOException {
            Set<Tag> tags = new TreeSet<>();
            api.pages(path + "?n=" + PAGE, page -> page.path("tags").forEach(tag -> tags.add(Tag.parse(tag.asText()))),
                    answer -> OciRegistry.nextQuery(answer).map(query -> path + "?" + query));
            return List.copyOf(tags);
        }
    }
}
