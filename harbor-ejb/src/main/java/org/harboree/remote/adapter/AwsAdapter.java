// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.harboree.oci.Digest;
import org.harboree.oci.NamePattern;
import org.harboree.oci.Tag;
import org.harboree.remote.AdapterPattern;
import org.harboree.remote.AdapterPattern.Choice;
import org.harboree.remote.AdapterPattern.EndpointPattern;
import org.harboree.remote.RegistryAdapter;
import org.harboree.remote.RemoteEndpoint;
import org.harboree.remote.RemoteName;
import org.harboree.remote.RemoteRegistry;
import org.harboree.remote.RemoteRegistryException;
import org.harboree.remote.RemoteRegistryException.Kind;
import org.harboree.remote.distribution.OciRegistry;
import org.harboree.remote.http.ChallengeAuthorization;
import org.harboree.remote.http.RemoteConnections;
import org.harboree.remote.http.RemoteHttp;

/**
 * Amazon's ECR: the access key signs calls of its API, which gives a password for the registry, lists repositories and
 * makes them. The endpoint is the API's of a region, or a registry of an account.
 */
@Dependent
public class AwsAdapter implements RegistryAdapter {
    private static final String TYPE = "aws-ecr";
    private static final Pattern HOST = Pattern.compile(
            "(?:(?:([0-9]{12})\\.dkr|api)\\.ecr\\.)([\\w-]+)\\.(amazonaws\\.com(?:\\.cn)?)");
    private static final List<String> REGIONS = List.of("us-east-2", "us-east-1", "us-west-1", "us-west-2",
            "af-south-1", "ap-east-1", "ap-east-2", "ap-south-1", "ap-south-2", "ap-northeast-3", "ap-northeast-2",
            "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5",
            "ap-southeast-6", "ap-southeast-7", "ap-northeast-1", "ca-central-1", "ca-west-1", "cn-north-1",
            "cn-northwest-1", "eu-central-1", "eu-central-2", "eu-west-1", "eu-west-2", "eu-south-1", "eu-south-2",
            "eu-west-3", "eu-north-1", "il-central-1", "me-south-1", "me-central-1", "mx-central-1", "sa-east-1",
            "us-gov-east-1", "us-gov-west-1");

    private final RemoteConnections connections;

    @Inject
    public AwsAdapter(RemoteConnections connections) {
        this.connections = connections;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Optional<AdapterPattern> pattern() {
        Stream<Choice> choices = REGIONS.stream().map(region -> new Choice(region, "https://api.ecr." + region
                + (region.startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com")));
        return Optional.of(new AdapterPattern(Optional.of(new EndpointPattern(Infos.LIST, choices.toList())),
                Optional.empty()));
    }

    @Override
    public RemoteRegistry open(RemoteEndpoint endpoint) throws IOException {
        if (endpoint.credential().isEmpty()) {
            throw new RemoteRegistryException(Kind.UNAUTHORIZED, "POST " + endpoint.url(), "an access key is needed");
        }
        RemoteHttp http = connections.to(endpoint);
        Matcher host = HOST.matcher(String.valueOf(endpoint.url().getHost()));
        boolean isAws = host.matches();
        // Whatever else stands for AWS gets the calls where it is, signed for the first region.
        URI api = isAws ? URI.create("https://api.ecr." + host.group(2) + "." + host.group(3)) : endpoint.url();
        AwsSignature signature = new AwsSignature(endpoint.credential().get(), isAws ? host.group(2) : "us-east-1",
                "ecr");
        AwsEcrApi ecr = new AwsEcrApi(http, api, isAws ? Optional.ofNullable(host.group(1)) : Optional.empty(),
                signature);
        return new Registry(endpoint, ecr.login().registry(), http, ecr);
    }

    private static final class Registry extends OciRegistry {
        private final AwsEcrApi ecr;

        Registry(RemoteEndpoint endpoint, URI registry, RemoteHttp http, AwsEcrApi ecr) {
            super(endpoint, registry, Infos.plain(TYPE), http,
                    new ChallengeAuthorization(http, registry, () -> Optional.of(ecr.login().credential())));
            this.ecr = ecr;
        }

        @Override
        protected Collection<String> listRepositories(NamePattern pattern) throws IOException {
            Set<String> names = new TreeSet<>();
            Map<String, Object> body = new HashMap<>(Map.of("maxResults", 1000));
            String next;
            do {
                JsonNode page = ecr.call("DescribeRepositories", body);
                page.path("repositories").forEach(one -> names.add(one.path("repositoryName").asText()));
                next = page.path("nextToken").asText("");
                body.put("nextToken", next);
            } while (!next.isEmpty());
            return names;
        }

        @Override
        public void deleteManifest(RemoteName repository, Digest digest) throws IOException {
            deleteImage(repository, Map.of("imageDigest", digest.value()));
        }

        @Override
        public void deleteTag(RemoteName repository, Tag tag) throws IOException {
            deleteImage(repository, Map.of("imageTag", tag.value()));
        }

        /** A push to a repository that is not there is refused. */
        @Override
        public Set<RemoteName> prepareForPush(Collection<Destination> destinations) throws IOException {
            Set<String> repositories = new TreeSet<>();
            destinations.forEach(to -> repositories.add(to.repository().value()));
            for (String repository : repositories) {
                try {
                    ecr.call("CreateRepository", Map.of("repositoryName", repository));
                } catch (RemoteRegistryException e) {
                    if (!AwsEcrApi.is(e, "RepositoryAlreadyExistsException")) {
                        throw e;
                    }
                }
            }
            return Set.of();
        }

        private void deleteImage(RemoteName repository, Map<String, Object> image) throws IOException {
            try {
                ecr.call("BatchDeleteImage", Map.of("repositoryName", repository.value(), "imageIds",
                        List.of(image)));
            } catch (RemoteRegistryException e) {
                if (!AwsEcrApi.is(e, "RepositoryNotFoundException")) {
                    throw e;
                }
            }
        }
    }
}
