// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.harboree.remote.ScriptedUpstream.query;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.harboree.oci.Digest;
import org.harboree.oci.MediaTypes;
import org.harboree.oci.NamePattern;
import org.harboree.oci.Tag;
import org.harboree.remote.OutgoingBlob;
import org.harboree.remote.RegistryAdapter;
import org.harboree.remote.RemoteArtifact;
import org.harboree.remote.RemoteName;
import org.harboree.remote.RemoteRegistry;
import org.harboree.remote.RemoteRegistry.Destination;
import org.harboree.remote.RemoteRegistryContract;
import org.harboree.remote.RemoteRegistryException.Kind;
import org.harboree.remote.ScriptedUpstream;
import org.harboree.remote.ScriptedUpstream.Access;
import org.harboree.remote.Upstreams;
import org.harboree.remote.http.RemoteConnections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Kinds of registries that differ from the Distribution Spec in a few words: each against one that speaks them. */
class CloudAdaptersTest {
    private static final RemoteName REPOSITORY = RemoteName.parse("library/app");

    private final ScriptedUpstream upstream = new ScriptedUpstream();
    private final RemoteConnections connections = Upstreams.connections();
    private final List<String> sent = new ArrayList<>();

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void githubShouldListNoRepositoriesButKnowThoseThatAreNamed() throws IOException {
        RemoteRegistry github = open(new GithubAdapter(connections), "user", "token");
        push("v1");

        assertThat(github.repositories(NamePattern.parse("library/app"))).containsExactly(REPOSITORY);
        assertThat(github.tags(REPOSITORY)).containsExactly(Tag.parse("v1"));
        assertThatThrownBy(() -> github.repositories(NamePattern.parse("library/*")))
                .hasMessageContaining("without wildcards").extracting("kind").isEqualTo(Kind.REFUSED);
    }

    @Test
    void googleShouldTellDigestsAndDeleteTagsFirst() throws IOException {
        RemoteRegistry google = open(new GoogleAdapter(connections), "_json_key", "{\"type\":\"service_account\"}");
        Digest digest = push("v1");
        push("v2");
        upstream.on("GET", "/v2/library/app/tags/list", exchange -> ScriptedUpstream.json(exchange, 200,
                "{\"name\":\"library/app\",\"tags\":[\"v1\",\"v2\"],\"child\":[],\"manifest\":{\"" + digest
                        + "\":{\"tag\":[\"v2\",\"v1\"],\"mediaType\":\"x\"}}}"));

        assertThat(google.artifacts(REPOSITORY)).extracting(RemoteArtifact::digest)
                .containsExactly(Optional.of(digest));
        google.deleteManifest(REPOSITORY, digest);

        assertThat(upstream.asked("DELETE")).extracting(asked -> asked.uri().getPath().replaceFirst(".*/", ""))
                .containsExactly("v1", "v2", digest.value());
    }

    @Test
    void googleShouldNotBeHealthyWithoutAKey() throws IOException {
        RemoteRegistry google = new GoogleAdapter(connections).open(Upstreams.endpoint("google-gcr", upstream));

        assertThatThrownBy(google::ping).extracting("kind").isEqualTo(Kind.UNAUTHORIZED);
    }

    @Test
    void azureShouldAskForTheRightToReadTags() throws IOException {
        RemoteRegistry azure = open(new AzureAdapter(connections), "app-id", "password");
        push("v1");

        assertThat(azure.tags(REPOSITORY)).containsExactly(Tag.parse("v1"));
        assertThat(upstream.asked("GET /token")).extracting(asked -> query(asked.uri()).get("scope"))
                .contains("repository:library/app:metadata_read");
        assertThat(azure.info().copyByChunk()).isTrue();
    }

    @Test
    void quayShouldTakeItsCredentialsFromAJsonFile() throws IOException {
        upstream.protect(Access.TOKEN, "org+robot", "cli-password");
        RemoteRegistry quay = new QuayAdapter(connections).open(Upstreams.endpoint("quay", upstream, "json_file",
                "{\"account_name\":\"org+robot\",\"docker_cli_password\":\"cli-password\",\"oauth2_token\":\"o2\"}"));
        push("v1");
        upstream.on("GET", "/api/v1/organization/library", exchange -> ScriptedUpstream.json(exchange, 200, "{}"));
        upstream.on("GET", "/api/v1/organization/fresh",
                exchange -> ScriptedUpstream.error(exchange, 404, "x", "not found"));
        upstream.on("POST", "/api/v1/organization/", exchange -> keep(exchange, 201));

        quay.ping();
        quay.prepareForPush(List.of(new Destination(REPOSITORY, false),
                new Destination(RemoteName.parse("fresh/app"), false)));

        assertThat(quay.repositories(NamePattern.parse("library/*"))).containsExactly(REPOSITORY);
        assertThat(sent).hasSize(1).allMatch(body -> body.contains("\"name\":\"fresh\""));
        assertThat(upstream.asked("/api/v1/")).allMatch(asked -> asked.header("authorization").equals("Bearer o2"));
        assertThat(upstream.asked("GET /token")).noneMatch(asked -> asked.uri().toString().contains("catalog"));
    }

    @Test
    void quayShouldNotShowASecretThatItCannotRead() {
        assertThatThrownBy(() -> new QuayAdapter(connections).open(Upstreams.endpoint("quay", upstream, "json_file",
                "my-secret"))).hasMessageNotContaining("my-secret").hasNoCause();
    }

    @Test
    void gitlabShouldListByItsProjects() throws IOException {
        upstream.protect(Access.TOKEN, "user", "glpat");
        upstream.on("GET", "/api/v4/projects", exchange -> {
            boolean isFirst = !query(exchange.getRequestURI()).containsKey("page");
            exchange.getResponseHeaders().add("X-Next-Page", isFirst ? "2" : "");
            ScriptedUpstream.json(exchange, 200, isFirst
                    ? "[{\"id\":1,\"container_registry_enabled\":true},{\"id\":2,\"container_registry_enabled\":false}]"
                    : "[{\"id\":3,\"container_registry_enabled\":true}]");
        });
        upstream.on("GET", "/api/v4/projects/1/registry/repositories",
                exchange -> ScriptedUpstream.json(exchange, 200, "[{\"id\":7,\"path\":\"Group/App\"}]"));
        upstream.on("GET", "/api/v4/projects/3/registry/repositories",
                exchange -> ScriptedUpstream.json(exchange, 200, "[{\"id\":8,\"path\":\"group/app/sub\"}]"));
        RemoteRegistry gitlab = open(new GitlabAdapter(connections), "user", "glpat");

        assertThat(gitlab.repositories(NamePattern.parse("group/**"))).extracting(RemoteName::value)
                .containsExactly("group/app", "group/app/sub");
        assertThat(upstream.asked("/api/v4/")).allMatch(asked -> asked.header("private-token").equals("glpat"));
        assertThat(upstream.asked("/v2/")).allMatch(asked -> asked.header("private-token") == null);
    }

    @Test
    void dockerHubShouldListByNamespaceAndDeleteTagsThere() throws IOException {
        upstream.on("POST", "/v2/auth/token", exchange -> keep(exchange, 200, "{\"access_token\":\"jwt\"}"));
        upstream.on("GET", "/v2/repositories/namespaces", exchange -> ScriptedUpstream.json(exchange, 200,
                "{\"namespaces\":[\"user\"]}"));
        upstream.on("GET", "/v2/repositories/user/", exchange -> {
            boolean isFirst = query(exchange.getRequestURI()).get("page").equals("1");
            ScriptedUpstream.json(exchange, 200, "{\"next\":" + (isFirst ? "\"http://x\"" : "null")
                    + ",\"results\":[{\"namespace\":\"user\",\"name\":\"" + (isFirst ? "a" : "b") + "\"}]}");
        });
        upstream.on("GET", "/v2/repositories/none/", exchange -> ScriptedUpstream.error(exchange, 404, "x", "no"));
        upstream.on("DELETE", "/v2/repositories/user/a/tags/v1/", exchange -> exchange.sendResponseHeaders(204, -1));
        upstream.on("GET", "/v2/orgs/fresh/", exchange -> ScriptedUpstream.error(exchange, 404, "x", "no"));
        upstream.on("POST", "/v2/orgs/", exchange -> keep(exchange, 201, "{}"));
        RemoteRegistry hub = open(new DockerHubAdapter(connections), "user", "pat");

        assertThat(hub.repositories(NamePattern.everything())).extracting(RemoteName::value)
                .containsExactly("user/a", "user/b");
        assertThat(hub.repositories(NamePattern.parse("none/*"))).isEmpty();
        hub.deleteTag(RemoteName.parse("user/a"), Tag.parse("v1"));
        hub.prepareForPush(List.of(new Destination(RemoteName.parse("user/a"), false),
                new Destination(RemoteName.parse("fresh/a"), false)));

        assertThat(upstream.asked("/v2/auth/token")).hasSize(1);
        assertThat(upstream.asked("/v2/(repositories|orgs)"))
                .allMatch(asked -> asked.header("authorization").equals("Bearer jwt"));
        assertThat(sent.get(0)).contains("\"identifier\":\"user\"").contains("\"secret\":\"pat\"");
        assertThat(sent.get(1)).contains("\"orgname\":\"fresh\"");
    }

    @Test
    void dockerHubShouldLogInAgainWhenItsTokenEndedEarly() throws IOException {
        upstream.on("POST", "/v2/auth/token", exchange -> keep(exchange, 200, "{\"access_token\":\"jwt\"}"));
        upstream.on("GET", "/v2/repositories/namespaces", exchange -> ScriptedUpstream.json(exchange, 200,
                "{\"namespaces\":[]}"));
        RemoteRegistry hub = open(new DockerHubAdapter(connections), "user", "pat");
        upstream.answer(1, "/v2/repositories/namespaces", 401);

        assertThat(hub.repositories(NamePattern.everything())).isEmpty();
        assertThat(upstream.asked("/v2/auth/token")).hasSize(2);
    }

    @Test
    void artifactoryShouldListEachOfItsRepositories() throws IOException {
        upstream.on("GET", "/artifactory/api/repositories", exchange -> ScriptedUpstream.json(exchange, 200,
                "[{\"key\":\"images\",\"packageType\":\"Docker\"},{\"key\":\"jars\",\"packageType\":\"Maven\"},"
                        + "{\"key\":\"charts\",\"packageType\":\"oci\"},"
                        + "{\"key\":\"gone\",\"packageType\":\"docker\"}]"));
        upstream.on("GET", "/artifactory/api/docker/images/v2/_catalog", exchange -> {
            boolean isFirst = !query(exchange.getRequestURI()).containsKey("last");
            if (isFirst) {
                exchange.getResponseHeaders().add("Link", "</v2/_catalog?n=1&last=a>; rel=\"next\"");
            }
            ScriptedUpstream.json(exchange, 200, isFirst ? "{\"repositories\":[\"a\"]}"
                    : "{\"repositories\":[\"b/c\"]}");
        });
        upstream.on("GET", "/artifactory/api/oci/charts/v2/_catalog",
                exchange -> ScriptedUpstream.json(exchange, 200, "{\"repositories\":[\"chart\"]}"));
        upstream.on("GET", "/artifactory/api/docker/gone/v2/_catalog",
                exchange -> ScriptedUpstream.error(exchange, 404, "x", "offline"));
        upstream.on("GET", "/artifactory/api/docker/charts/v2/chart/tags/list",
                exchange -> ScriptedUpstream.error(exchange, 404, "x", "another kind"));
        upstream.on("GET", "/artifactory/api/oci/charts/v2/chart/tags/list",
                exchange -> ScriptedUpstream.json(exchange, 200, "{\"tags\":[\"v1\"]}"));
        upstream.on("PUT", "/artifactory/api/repositories/fresh", exchange -> keep(exchange, 200));
        RemoteRegistry artifactory = open(new ArtifactoryAdapter(connections), "user", "password");

        assertThat(artifactory.repositories(NamePattern.everything())).extracting(RemoteName::value)
                .containsExactly("charts/chart", "images/a", "images/b/c");
        assertThat(artifactory.tags(RemoteName.parse("charts/chart"))).containsExactly(Tag.parse("v1"));
        artifactory.prepareForPush(List.of(new Destination(RemoteName.parse("images/x"), false),
                new Destination(RemoteName.parse("fresh/x"), false)));

        assertThat(sent).hasSize(1).allMatch(body -> body.contains("\"packageType\":\"docker\""));
    }

    @Test
    void artifactoryShouldSendBytesByPatchOnly() throws IOException {
        RemoteRegistry artifactory = open(new ArtifactoryAdapter(connections), "user", "password");
        byte[] layer = RemoteRegistryContract.LAYER;

        artifactory.uploadBlob(REPOSITORY,
                OutgoingBlob.of(Digest.sha256(layer), layer.length, RemoteRegistryContract.LAYER_SOURCE));

        assertThat(upstream.blob("library/app", Digest.sha256(layer))).isEqualTo(layer);
        assertThat(upstream.asked("PATCH")).hasSize(1);
    }

    @Test
    void huaweiShouldListAndMakeNamespacesByItsOwnApi() throws IOException {
        upstream.on("GET", "/dockyard/v2/repositories", exchange -> ScriptedUpstream.json(exchange, 200,
                "[{\"name\":\"app\",\"namespace\":\"library\",\"tags\":[\"v1\"]}]"));
        upstream.on("GET", "/dockyard/v2/namespaces/library", exchange -> ScriptedUpstream.json(exchange, 200,
                "{\"name\":\"library\"}"));
        upstream.on("GET", "/dockyard/v2/namespaces/fresh", exchange -> ScriptedUpstream.json(exchange, 200, "{}"));
        upstream.on("POST", "/dockyard/v2/namespaces", exchange -> keep(exchange, 201));
        RemoteRegistry huawei = open(new HuaweiAdapter(connections), "region@key", "login-key");

        assertThat(huawei.repositories(NamePattern.parse("**"))).containsExactly(REPOSITORY);
        huawei.prepareForPush(List.of(new Destination(REPOSITORY, false),
                new Destination(RemoteName.parse("fresh/app"), false)));

        assertThat(sent).containsExactly("{\"namespace\":\"fresh\"}");
        assertThat(upstream.asked("/dockyard/")).allMatch(asked -> asked.header("authorization").startsWith("Basic "));
        assertThat(huawei.info().type()).isEqualTo("huawei-SWR");
    }

    @Test
    void eachKindShouldHaveHarborsName() {
        List<RegistryAdapter> adapters = List.of(new AliAdapter(connections), new ArtifactoryAdapter(connections),
                new AwsAdapter(connections), new AzureAdapter(connections), new DockerHubAdapter(connections),
                new DockerRegistryAdapter(connections), new GithubAdapter(connections), new GitlabAdapter(connections),
                new GoogleAdapter(connections), new HarborAdapter(connections), new HuaweiAdapter(connections),
                new QuayAdapter(connections));

        assertThat(adapters).extracting(RegistryAdapter::type).containsExactly("ali-acr", "jfrog-artifactory",
                "aws-ecr", "azure-acr", "docker-hub", "docker-registry", "github-ghcr", "gitlab", "google-gcr",
                "harbor", "huawei-SWR", "quay");
        assertThat(adapters.stream().flatMap(adapter -> adapter.pattern().stream())
                .flatMap(pattern -> pattern.endpoints().stream()).flatMap(endpoints -> endpoints.choices().stream()))
                .hasSizeGreaterThan(100).allMatch(choice -> choice.value().startsWith("https://"));
    }

    private RemoteRegistry open(RegistryAdapter adapter, String user, String password) throws IOException {
        upstream.protect(Access.TOKEN, user, password);
        RemoteRegistry registry = adapter.open(Upstreams.endpoint(adapter.type(), upstream, user, password));
        // Learns the challenge: from then on no request is made twice.
        registry.ping();
        return registry;
    }

    private Digest push(String tag) {
        return upstream.putManifest("library/app", tag, MediaTypes.OCI_MANIFEST, RemoteRegistryContract.MANIFEST);
    }

    private void keep(HttpExchange exchange, int status) throws IOException {
        keep(exchange, status, "{}");
    }

    private void keep(HttpExchange exchange, int status, String answer) throws IOException {
        sent.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        ScriptedUpstream.json(exchange, status, answer);
    }
}
