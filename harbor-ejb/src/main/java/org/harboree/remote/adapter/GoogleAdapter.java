// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.adapter;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.harboree.oci.Digest;
import org.harboree.oci.Tag;
import org.harboree.remote.AdapterPattern;
import org.harboree.remote.AdapterPattern.Choice;
import org.harboree.remote.AdapterPattern.CredentialPattern;
import org.harboree.remote.AdapterPattern.EndpointPattern;
import org.harboree.remote.RegistryAdapter;
import org.harboree.remote.RemoteArtifact;
import org.harboree.remote.RemoteEndpoint;
import org.harboree.remote.RemoteName;
import org.harboree.remote.RemoteRegistry;
import org.harboree.remote.RemoteRegistryException;
import org.harboree.remote.RemoteRegistryException.Kind;
import org.harboree.remote.distribution.OciRegistry;
import org.harboree.remote.http.ChallengeAuthorization;
import org.harboree.remote.http.RemoteConnections;
import org.harboree.remote.http.RemoteHttp;

/** Google's container registry; the password of the user {@code _json_key} is a key file. */
@Dependent
public class GoogleAdapter implements RegistryAdapter {
    private static final String TYPE = "google-gcr";

    private final RemoteConnections connections;

    @Inject
    public GoogleAdapter(RemoteConnections connections) {
        this.connections = connections;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Optional<AdapterPattern> pattern() {
        List<Choice> hosts = Stream.of("gcr.io", "us.gcr.io", "eu.gcr.io", "asia.gcr.io")
                .map(host -> new Choice(host, "https://" + host)).toList();
        return Optional.of(new AdapterPattern(Optional.of(new EndpointPattern(Infos.LIST, hosts)),
                Optional.of(new CredentialPattern("AccessKeyTypeFix", "_json_key", "AccessSecretTypeFile",
                        "No Change"))));
    }

    @Override
    public RemoteRegistry open(RemoteEndpoint endpoint) throws IOException {
        RemoteHttp http = connections.to(endpoint);
        return new Registry(endpoint, http);
    }

    private static final class Registry extends OciRegistry {
        Registry(RemoteEndpoint endpoint, RemoteHttp http) {
            super(endpoint, Infos.plain(TYPE), http,
                    new ChallengeAuthorization(http, endpoint.url(), endpoint::credential));
        }

        /** Anonymous access sees nothing that could be replicated. */
        @Override
        public void ping() throws IOException {
            if (endpoint().credential().isEmpty()) {
                throw new RemoteRegistryException(Kind.UNAUTHORIZED, "GET " + endpoint().url() + "/v2/",
                        "a key file is needed");
            }
            super.ping();
        }

        /** A manifest that has tags is not deleted: they go first. Its list of tags tells the digest of each. */
        @Override
        public void deleteManifest(RemoteName repository, Digest digest) throws IOException {
            for (RemoteArtifact artifact : artifacts(repository)) {
                if (artifact.digest().filter(digest::equals).isPresent()) {
                    for (Tag tag : artifact.tags()) {
                        deleteTag(repository, tag);
                    }
                }
            }
            super.deleteManifest(repository, digest);
        }

        @Override
        public List<RemoteArtifact> artifacts(RemoteName repository) throws IOException {
            return Artifacts.ofGoogle(tagPages(repository));
        }
    }
}
