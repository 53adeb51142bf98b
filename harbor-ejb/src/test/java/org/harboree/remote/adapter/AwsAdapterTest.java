// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.harboree.oci.Digest;
import org.harboree.oci.MediaTypes;
import org.harboree.oci.NamePattern;
import org.harboree.oci.Tag;
import org.harboree.remote.RemoteCredential;
import org.harboree.remote.RemoteName;
import org.harboree.remote.RemoteRegistry;
import org.harboree.remote.RemoteRegistry.Destination;
import org.harboree.remote.RemoteRegistryContract;
import org.harboree.remote.RemoteRegistryException.Kind;
import org.harboree.remote.ScriptedUpstream;
import org.harboree.remote.ScriptedUpstream.Access;
import org.harboree.remote.Upstreams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against an upstream that is AWS's API and the registry that it gives a password for. */
class AwsAdapterTest {
    private static final RemoteName REPOSITORY = RemoteName.parse("library/app");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ScriptedUpstream upstream = new ScriptedUpstream();
    private final List<String> calls = new ArrayList<>();

    @BeforeEach
    void speakAwsDialect() {
        upstream.protect(Access.BASIC, "AWS", "temporary");
        upstream.on("POST", "/", exchange -> {
            String operation = exchange.getRequestHeaders().getFirst("X-Amz-Target").replaceFirst(".*\\.", "");
            byte[] body = exchange.getRequestBody().readAllBytes();
            calls.add(operation + " " + new String(body, StandardCharsets.UTF_8));
            String proof = exchange.getRequestHeaders().getFirst("Authorization");
            if (!proof.contains("Credential=AKIA/")) {
                ScriptedUpstream.json(exchange, 400,
                        "{\"__type\":\"UnrecognizedClientException\",\"message\":\"The security token is invalid.\"}");
                return;
            }
            JsonNode asked = JSON.readTree(body);
            switch (operation) {
                case "GetAuthorizationToken" -> ScriptedUpstream.json(exchange, 200,
                        "{\"authorizationData\":[{\"authorizationToken\":\""
                                + Base64.getEncoder().encodeToString("AWS:temporary".getBytes(StandardCharsets.UTF_8))
                                + "\",\"proxyEndpoint\":\"" + upstream.url() + "\",\"expiresAt\":1.7E9}]}");
                case "DescribeRepositories" -> ScriptedUpstream.json(exchange, 200, asked.has("nextToken")
                        ? "{\"repositories\":[{\"repositoryName\":\"library/b\"}]}"
                        : "{\"repositories\":[{\"repositoryName\":\"library/a\"}],\"nextToken\":\"more\"}");
                case "CreateRepository" -> {
                    boolean isThere = asked.path("repositoryName").asText().equals("library/app");
                    ScriptedUpstream.json(exchange, isThere ? 400 : 200,
                            isThere ? "{\"__type\":\"RepositoryAlreadyExistsException\"}" : "{}");
                }
                default -> ScriptedUpstream.json(exchange, 200, "{}");
            }
        });
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void shouldReachTheRegistryWithThePasswordThatTheApiGave() throws IOException {
        upstream.putManifest("library/app", "v1", MediaTypes.OCI_MANIFEST, RemoteRegistryContract.MANIFEST);
        RemoteRegistry ecr = open("AKIA");

        ecr.ping();

        assertThat(ecr.tags(REPOSITORY)).containsExactly(Tag.parse("v1"));
        assertThat(calls).hasSize(1);
    }

    @Test
    void shouldTellThatTheKeyIsWrong() {
        assertThatThrownBy(() -> open("OTHER")).hasMessageContaining("UnrecognizedClientException")
                .extracting("kind").isEqualTo(Kind.UNAUTHORIZED);
        assertThatThrownBy(() -> new AwsAdapter(Upstreams.connections()).open(Upstreams.endpoint("aws-ecr", upstream)))
                .extracting("kind").isEqualTo(Kind.UNAUTHORIZED);
    }

    @Test
    void shouldListAllPages() throws IOException {
        assertThat(open("AKIA").repositories(NamePattern.parse("library/*"))).extracting(RemoteName::value)
                .containsExactly("library/a", "library/b");
    }

    @Test
    void shouldMakeRepositoriesBeforeAPush() throws IOException {
        open("AKIA").prepareForPush(List.of(new Destination(REPOSITORY, false),
                new Destination(RemoteName.parse("fresh/app"), false)));

        assertThat(calls).contains("CreateRepository {\"repositoryName\":\"fresh/app\"}");
    }

    @Test
    void shouldDeleteByTheApi() throws IOException {
        Digest digest = Digest.sha256(new byte[0]);
        RemoteRegistry ecr = open("AKIA");

        ecr.deleteTag(REPOSITORY, Tag.parse("v1"));
        ecr.deleteManifest(REPOSITORY, digest);

        assertThat(calls).anyMatch(call -> call.startsWith("BatchDeleteImage") && call.contains("\"imageTag\":\"v1\""))
                .anyMatch(call -> call.startsWith("BatchDeleteImage") && call.contains(digest.value()));
    }

    /** The request of AWS's documentation, "Create a signed AWS API request", as its test suite has it: get-vanilla. */
    @Test
    void shouldSignAsAwsDocumentsIt() {
        RemoteCredential credential =
                RemoteCredential.basic("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");

        Map<String, String> signed = new AwsSignature(credential, "us-east-1", "service").sign("GET",
                URI.create("https://example.amazonaws.com/"), Map.of(), new byte[0],
                Instant.parse("2015-08-30T12:36:00Z"));

        assertThat(signed.get("Authorization")).isEqualTo("AWS4-HMAC-SHA256 "
                + "Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, "
                + "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    }

    private RemoteRegistry open(String key) throws IOException {
        return new AwsAdapter(Upstreams.connections()).open(Upstreams.endpoint("aws-ecr", upstream, key, "secret"));
    }
}
