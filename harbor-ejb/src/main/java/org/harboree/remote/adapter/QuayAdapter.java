// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.harboree.remote.AdapterPattern;
import org.harboree.remote.AdapterPattern.CredentialPattern;
import org.harboree.remote.AdapterPattern.EndpointPattern;
import org.harboree.remote.RegistryAdapter;
import org.harboree.remote.RemoteCredential;
import org.harboree.remote.RemoteEndpoint;
import org.harboree.remote.RemoteName;
import org.harboree.remote.RemoteRegistry;
import org.harboree.remote.RemoteRegistryException;
import org.harboree.remote.RemoteRegistryException.Kind;
import org.harboree.remote.distribution.OciRegistry;
import org.harboree.remote.http.Authorization;
import org.harboree.remote.http.ChallengeAuthorization;
import org.harboree.remote.http.JsonApi;
import org.harboree.remote.http.RemoteConnections;
import org.harboree.remote.http.RemoteHttp;

/**
 * Quay. The secret is a JSON document with {@code account_name} and {@code docker_cli_password}, and, if organizations
 * are to be made for pushes, {@code oauth2_token}; any access key but {@code json_file} is an ordinary user name.
 */
@Dependent
public class QuayAdapter implements RegistryAdapter {
    private static final String TYPE = "quay";
    private static final String JSON_FILE = "json_file";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RemoteConnections connections;

    @Inject
    public QuayAdapter(RemoteConnections connections) {
        this.connections = connections;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Optional<AdapterPattern> pattern() {
        return Optional.of(new AdapterPattern(
                Optional.of(new EndpointPattern("EndpointPatternTypeStandard", List.of())),
                Optional.of(new CredentialPattern("AccessKeyTypeFix", JSON_FILE, "AccessSecretTypeFile", ""))));
    }

    @Override
    public RemoteRegistry open(RemoteEndpoint endpoint) throws IOException {
        RemoteHttp http = connections.to(endpoint);
        Optional<RemoteCredential> given = endpoint.credential();
        if (given.isEmpty() || !given.get().accessKey().equals(JSON_FILE)) {
            return new Registry(endpoint, http, given, Optional.empty());
        }
        JsonNode file = read(endpoint, given.get().accessSecret());
        Optional<JsonApi> api = Optional.of(file.path("oauth2_token").asText("")).filter(token -> !token.isEmpty())
                .map(token -> new JsonApi(endpoint.url(), http,
                        Authorization.fixed(endpoint.url(), Optional.of("Bearer " + token))));
        Optional<RemoteCredential> account = Optional.of(file.path("account_name").asText(""))
                .filter(name -> !name.isEmpty())
                .map(name -> RemoteCredential.basic(name, file.path("docker_cli_password").asText("")));
        return new Registry(endpoint, http, account, api);
    }

    private static JsonNode read(RemoteEndpoint endpoint, String secret) throws RemoteRegistryException {
        try {
            return JSON.readTree(secret);
        } catch (IOException e) {
            // Without the cause, whose message would quote the secret.
            throw new RemoteRegistryException(Kind.UNAUTHORIZED, "GET " + endpoint.url() + "/v2/",
                    "the access secret is not the JSON document that this kind of registry needs");
        }
    }

    private static final class Registry extends OciRegistry {
        private final Optional<JsonApi> api;

        Registry(RemoteEndpoint endpoint, RemoteHttp http, Optional<RemoteCredential> account,
                Optional<JsonApi> api) {
            super(endpoint, Infos.plain(TYPE), http, new ChallengeAuthorization(http, endpoint.url(), () -> account));
            this.api = api;
        }

        /** A token for the catalog is refused, one for nothing shows it. */
        @Override
        protected Optional<String> catalogScope() {
            return Optional.empty();
        }

        @Override
        public Set<RemoteName> prepareForPush(Collection<Destination> destinations) throws IOException {
            if (api.isPresent()) {
                Set<String> organizations = new TreeSet<>();
                destinations.forEach(to -> organizations.add(to.repository().firstComponent()));
                for (String organization : organizations) {
                    if (api.get().find("/api/v1/organization/" + organization).isEmpty()) {
                        api.get().create("POST", "/api/v1/organization/", Map.of("name", organization, "email",
                                organization + "@quay.io"));
                    }
                }
            }
            return Set.of();
        }
    }
}
