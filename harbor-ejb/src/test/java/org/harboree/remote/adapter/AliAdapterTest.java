// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.harboree.remote.ScriptedUpstream.query;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;
import org.harboree.oci.NamePattern;
import org.harboree.remote.RemoteName;
import org.harboree.remote.RemoteRegistry;
import org.harboree.remote.RemoteRegistryException.Kind;
import org.harboree.remote.ScriptedUpstream;
import org.harboree.remote.Upstreams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against an upstream that is the cloud's API of either edition and the registry that it gives a password for. */
class AliAdapterTest {
    private final ScriptedUpstream upstream = new ScriptedUpstream();

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void personalEditionShouldListByPath() throws IOException {
        speakAs("registry.aliyuncs.com:cn-hangzhou:26842");
        on("/tokens", "{\"data\":{\"tempUserName\":\"cr_temp\",\"authorizationToken\":\"temporary\"}}");
        on("/namespace", "{\"data\":{\"namespaces\":[{\"namespace\":\"library\"}]}}");
        on("/repos/library", "{\"data\":{\"page\":1,\"total\":1,\"repos\":[{\"repoNamespace\":\"library\","
                + "\"repoName\":\"app\"}]}}");
        RemoteRegistry ali = open();

        ali.ping();

        assertThat(ali.repositories(NamePattern.everything())).extracting(RemoteName::value)
                .containsExactly("library/app");
        assertThat(upstream.asked("GET /(tokens|namespace|repos)"))
                .allMatch(asked -> asked.header("authorization").matches("acs LTAI:[A-Za-z0-9+/]{27}="));
    }

    @Test
    void enterpriseEditionShouldListByCalls() throws IOException {
        speakAs("registry.aliyuncs.com:cn-hangzhou:cri-abc");
        upstream.on("GET", "/", exchange -> {
            Map<String, String> call = query(exchange.getRequestURI());
            assertThat(call).containsEntry("InstanceId", "cri-abc").containsKey("Signature");
            ScriptedUpstream.json(exchange, 200, switch (call.get("Action")) {
                case "GetAuthorizationToken" -> "{\"IsSuccess\":true,\"TempUsername\":\"cr_temp\","
                        + "\"AuthorizationToken\":\"temporary\"}";
                case "ListNamespace" -> "{\"IsSuccess\":true,\"TotalCount\":\"1\",\"Namespaces\":["
                        + "{\"NamespaceName\":\"library\"}]}";
                default -> "{\"IsSuccess\":true,\"TotalCount\":\"101\",\"Repositories\":[{\"RepoNamespaceName\":"
                        + "\"library\",\"RepoName\":\"app" + call.get("PageNo") + "\"}]}";
            });
        });
        RemoteRegistry ali = open();

        ali.ping();

        assertThat(ali.repositories(NamePattern.everything())).extracting(RemoteName::value)
                .containsExactly("library/app1", "library/app2");
    }

    @Test
    void shouldNotTakeAnotherRegistryForIt() {
        speakAs("registry.example.org");

        assertThatThrownBy(this::open).extracting("kind").isEqualTo(Kind.REFUSED);
    }

    /** The example of Alibaba Cloud's documentation of the signature of RPC calls. */
    @Test
    void shouldSignAsTheCloudDocumentsIt() {
        Map<String, String> call = Map.of("Timestamp", "2016-02-23T12:46:24Z", "Format", "XML", "AccessKeyId",
                "testid", "Action", "DescribeRegions", "SignatureMethod", "HMAC-SHA1", "SignatureNonce",
                "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf", "Version", "2014-05-26", "SignatureVersion", "1.0");

        assertThat(AliSignature.query("testsecret", call))
                .endsWith("&Signature=OLeaidS1JvxuMvnyHOwuJ%2BuX5qY%3D");
    }

    private RemoteRegistry open() throws IOException {
        return new AliAdapter(Upstreams.connections(), region -> upstream.url())
                .open(Upstreams.endpoint("ali-acr", upstream, "LTAI", "secret"));
    }

    private void speakAs(String service) {
        upstream.on("GET", "/v2/", exchange -> {
            if ("Bearer t".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                ScriptedUpstream.json(exchange, 200, "{}");
                return;
            }
            exchange.getResponseHeaders().add("WWW-Authenticate", "Bearer realm=\"" + upstream.url()
                    + "/auth\",service=\"" + service + "\"");
            ScriptedUpstream.error(exchange, 401, "UNAUTHORIZED", "authentication required");
        });
        upstream.on("GET", "/auth", exchange -> {
            boolean isTemporary = exchange.getRequestHeaders().getFirst("Authorization")
                    .equals("Basic Y3JfdGVtcDp0ZW1wb3Jhcnk=");
            ScriptedUpstream.json(exchange, isTemporary ? 200 : 401, "{\"token\":\"t\"}");
        });
    }

    private void on(String path, String json) {
        upstream.on("GET", path, (HttpExchange exchange) -> ScriptedUpstream.json(exchange, 200, json));
    }
}
