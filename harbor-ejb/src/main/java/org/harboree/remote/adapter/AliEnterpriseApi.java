// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.harboree.remote.RemoteCredential;
import org.harboree.remote.RemoteRegistryException.Kind;
import org.harboree.remote.http.Authorization;
import org.harboree.remote.http.RemoteHttp;
import org.harboree.remote.http.RemoteRequest;

/** The enterprise edition's API (version 2018-12-01, "RPC": all in the query, signed there). */
final class AliEnterpriseApi implements AliApi {
    private static final int PAGE = 100;

    private final RemoteHttp http;
    private final URI api;
    private final RemoteCredential key;
    private final String region;
    private final String instance;

    AliEnterpriseApi(RemoteHttp http, URI api, RemoteCredential key, String region, String instance) {
        this.http = http;
        this.api = api;
        this.key = key;
        this.region = region;
        this.instance = instance;
    }

    @Override
    public RemoteCredential login() throws IOException {
        JsonNode token = call("GetAuthorizationToken", Map.of());
        return RemoteCredential.basic(token.path("TempUsername").asText("none"),
                token.path("AuthorizationToken").asText());
    }

    @Override
    public Collection<String> namespaces() throws IOException {
        Collection<String> names = new TreeSet<>();
        for (int page = 1;; page++) {
            JsonNode list = call("ListNamespace", pageOf(page));
            list.path("Namespaces").forEach(one -> names.add(one.path("NamespaceName").asText()));
            if (isLast(list, list.path("Namespaces"), page)) {
                return names;
            }
        }
    }

    @Override
    public Collection<String> repositories(String namespace) throws IOException {
        Collection<String> names = new TreeSet<>();
        for (int page = 1;; page++) {
            Map<String, String> parameters = pageOf(page);
            parameters.put("RepoNamespaceName", namespace);
            parameters.put("RepoStatus", "NORMAL");
            JsonNode list = call("ListRepository", parameters);
            list.path("Repositories").forEach(one -> names.add(one.path("RepoNamespaceName").asText() + "/"
                    + one.path("RepoName").asText()));
            if (isLast(list, list.path("Repositories"), page)) {
                return names;
            }
        }
    }

    private static Map<String, String> pageOf(int page) {
        return new HashMap<>(Map.of("PageNo", Integer.toString(page), "PageSize", Integer.toString(PAGE)));
    }

    private static boolean isLast(JsonNode list, JsonNode items, int page) {
        return items.isEmpty() || list.path("TotalCount").asLong() <= (long) page * PAGE;
    }

    private JsonNode call(String action, Map<String, String> parameters) throws IOException {
        Map<String, String> all = new HashMap<>(parameters);
        all.putAll(Map.of("Action", action, "Version", "2018-12-01", "Format", "JSON", "RegionId", region,
                "InstanceId", instance, "AccessKeyId", key.accessKey(), "SignatureMethod", "HMAC-SHA1",
                "SignatureVersion", "1.0", "SignatureNonce", UUID.randomUUID().toString(), "Timestamp",
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()));
        URI uri = URI.create(api + "/?" + AliSignature.query(key.accessSecret(), all));
        return http.send(RemoteRequest.of("GET", uri), Authorization.none(), answer -> {
            JsonNode json = answer.json();
            if (!json.path("IsSuccess").asBoolean()) {
                throw answer.failure(Kind.REFUSED, action + " failed: " + json.path("Code").asText());
            }
            return json;
        });
    }
}
