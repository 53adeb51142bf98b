// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.adapter;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.harboree.oci.NamePattern;
import org.harboree.remote.AdapterPattern;
import org.harboree.remote.AdapterPattern.Choice;
import org.harboree.remote.AdapterPattern.EndpointPattern;
import org.harboree.remote.RegistryAdapter;
import org.harboree.remote.RemoteCredential;
import org.harboree.remote.RemoteEndpoint;
import org.harboree.remote.RemoteRegistry;
import org.harboree.remote.RemoteRegistryException;
import org.harboree.remote.RemoteRegistryException.Kind;
import org.harboree.remote.distribution.OciRegistry;
import org.harboree.remote.http.ChallengeAuthorization;
import org.harboree.remote.http.RemoteConnections;
import org.harboree.remote.http.RemoteHttp;

/**
 * Alibaba Cloud's ACR. Which edition it is, in which region and which instance, the registry's challenge says:
 * {@code registry.aliyuncs.com:<region>:<number>}, or with {@code cri-…} at the end for an enterprise instance.
 */
@Dependent
public class AliAdapter implements RegistryAdapter {
    private static final String TYPE = "ali-acr";
    private static final Pattern API_HOST = Pattern.compile("cr\\.([\\w-]+)\\.aliyuncs\\.com");
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]+");
    private static final List<String> REGIONS = List.of("cn-qingdao", "cn-beijing", "cn-zhangjiakou", "cn-huhehaote",
            "cn-wulanchabu", "cn-hangzhou", "cn-shanghai", "cn-shenzhen", "cn-heyuan", "cn-guangzhou", "cn-chengdu",
            "cn-hongkong", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-5", "ap-south-1",
            "ap-northeast-1", "us-west-1", "us-east-1", "eu-central-1", "eu-west-1", "me-east-1");

    private final RemoteConnections connections;
    private final Function<String, URI> apiOfRegion;

    @Inject
    public AliAdapter(RemoteConnections connections) {
        this(connections, region -> URI.create("https://cr." + region + ".aliyuncs.com"));
    }

    AliAdapter(RemoteConnections connections, Function<String, URI> apiOfRegion) {
        this.connections = connections;
        this.apiOfRegion = apiOfRegion;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Optional<AdapterPattern> pattern() {
        List<Choice> choices = new ArrayList<>();
        for (String region : REGIONS) {
            for (String net : List.of("", "-vpc", "-internal")) {
                choices.add(new Choice(region + net, "https://registry" + net + "." + region + ".aliyuncs.com"));
            }
            for (String net : List.of("-vpc", "")) {
                choices.add(new Choice(region + "-ee" + net, "https://instanceName-registry" + net + "." + region
                        + ".cr.aliyuncs.com"));
            }
        }
        return Optional.of(new AdapterPattern(Optional.of(new EndpointPattern(Infos.LIST, choices)),
                Optional.empty()));
    }

    @Override
    public RemoteRegistry open(RemoteEndpoint endpoint) throws IOException {
        RemoteCredential key = endpoint.credential().orElseThrow(() -> new RemoteRegistryException(Kind.UNAUTHORIZED,
                "GET " + endpoint.url() + "/v2/", "an access key is needed"));
        RemoteHttp http = connections.to(endpoint);
        Matcher host = API_HOST.matcher(String.valueOf(endpoint.url().getHost()));
        URI registry = host.matches() ? URI.create("https://registry." + host.group(1) + ".aliyuncs.com")
                : endpoint.url();
        AliApi api = api(ChallengeAuthorization.ask(http, registry).service(), http, key, registry);
        return new Registry(endpoint, registry, http, api);
    }

    private AliApi api(String service, RemoteHttp http, RemoteCredential key, URI registry)
            throws RemoteRegistryException {
        String[] parts = service.split(":");
        if (parts.length < 2 || !parts[0].equalsIgnoreCase("registry.aliyuncs.com")
                || !REGION.matcher(parts[1]).matches()) {
            throw new RemoteRegistryException(Kind.REFUSED, "GET " + registry + "/v2/",
                    "this is no registry of Alibaba Cloud: its service is " + service);
        }
        String last = parts[parts.length - 1];
        URI api = apiOfRegion.apply(parts[1]);
        return last.startsWith("cri-") ? new AliEnterpriseApi(http, api, key, parts[1], last)
                : new AliPersonalApi(http, api, key);
    }

    private static final class Registry extends OciRegistry {
        private final AliApi api;

        Registry(RemoteEndpoint endpoint, URI registry, RemoteHttp http, AliApi api) {
            super(endpoint, registry, Infos.plain(TYPE), http, new ChallengeAuthorization(http, registry,
                    new Login(api)::current));
            this.api = api;
        }

        @Override
        protected Collection<String> listRepositories(NamePattern pattern) throws IOException {
            Optional<Set<String>> named = pattern.literalFirstComponents();
            Set<String> names = new TreeSet<>();
            for (String namespace : named.isPresent() ? named.get() : api.namespaces()) {
                names.addAll(api.repositories(namespace));
            }
            return names;
        }
    }

    /** The password for the registry, kept for a part of its life of an hour or more. */
    private static final class Login {
        private static final Duration LIFE = Duration.ofMinutes(30);

        private final AliApi api;
        private RemoteCredential credential;
        private Instant until = Instant.MIN;

        Login(AliApi api) {
            this.api = api;
        }

        synchronized Optional<RemoteCredential> current() throws IOException {
            if (Instant.now().isAfter(until)) {
                credential = api.login();
                until = Instant.now().plus(LIFE);
            }
            return Optional.of(credential);
        }
    }
}
