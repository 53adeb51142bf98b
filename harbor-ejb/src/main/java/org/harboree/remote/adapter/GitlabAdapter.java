// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.adapter;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.harboree.oci.NamePattern;
import org.harboree.remote.RegistryAdapter;
import org.harboree.remote.RemoteEndpoint;
import org.harboree.remote.RemoteRegistry;
import org.harboree.remote.distribution.OciRegistry;
import org.harboree.remote.http.Authorization;
import org.harboree.remote.http.ChallengeAuthorization;
import org.harboree.remote.http.JsonApi;
import org.harboree.remote.http.RemoteConnections;
import org.harboree.remote.http.RemoteHttp;

/** GitLab's registry. It has no catalog; GitLab itself lists, and it is where the registry sends for tokens. */
@Dependent
public class GitlabAdapter implements RegistryAdapter {
    private static final String TYPE = "gitlab";

    private final RemoteConnections connections;

    @Inject
    public GitlabAdapter(RemoteConnections connections) {
        this.connections = connections;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public RemoteRegistry open(RemoteEndpoint endpoint) throws IOException {
        RemoteHttp http = connections.to(endpoint);
        URI realm = ChallengeAuthorization.ask(http, endpoint.url()).realm();
        URI gitlab = URI.create(realm.getScheme() + "://" + realm.getRawAuthority());
        Map<String, String> token = endpoint.credential()
                .map(credential -> Map.of("PRIVATE-TOKEN", credential.accessSecret())).orElse(Map.of());
        return new Registry(endpoint, http, new JsonApi(gitlab, http, Authorization.none(), token));
    }

    private static final class Registry extends OciRegistry {
        private final JsonApi api;

        Registry(RemoteEndpoint endpoint, RemoteHttp http, JsonApi api) {
            super(endpoint, Infos.plain(TYPE), http,
                    new ChallengeAuthorization(http, endpoint.url(), endpoint::credential));
            this.api = api;
        }

        @Override
        protected Collection<String> listRepositories(NamePattern pattern) throws IOException {
            List<Long> projects = new ArrayList<>();
            Optional<Set<String>> groups = pattern.literalFirstComponents();
            if (groups.isPresent()) {
                for (String group : groups.get()) {
                    addProjects("&search_namespaces=true&search=" + JsonApi.encode(group), projects);
                }
            } else {
                addProjects("", projects);
            }
            Set<String> names = new TreeSet<>();
            for (long project : projects) {
                list("/api/v4/projects/" + project + "/registry/repositories?per_page=50", page -> page.forEach(
                        repository -> names.add(repository.path("path").asText().toLowerCase(Locale.ROOT))));
            }
            return names;
        }

        private void addProjects(String search, List<Long> into) throws IOException {
            list("/api/v4/projects?membership=true&per_page=50" + search, page -> page.forEach(project -> {
                if (project.path("container_registry_enabled").asBoolean()) {
                    into.add(project.path("id").asLong());
                }
            }));
        }

        private void list(String path, JsonApi.PageReader reader) throws IOException {
            api.pages(path, reader, answer -> answer.header("X-Next-Page").map(String::strip)
                    .filter(page -> page.matches("[0-9]+")).map(page -> path + "&page=" + page));
        }
    }
}
