// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.harboree.remote.RemoteCredential;
import org.harboree.remote.http.Authorization;
import org.harboree.remote.http.RemoteAnswer;
import org.harboree.remote.http.RemoteHttp;
import org.harboree.remote.http.RemoteRequest;

/** The personal edition's API (version 2016-06-07, "ROA": paths, signed by headers). */
final class AliPersonalApi implements AliApi {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final int PAGE = 100;

    private final RemoteHttp http;
    private final URI api;
    private final RemoteCredential key;

    AliPersonalApi(RemoteHttp http, URI api, RemoteCredential key) {
        this.http = http;
        this.api = api;
        this.key = key;
    }

    @Override
    public RemoteCredential login() throws IOException {
        JsonNode data = get("/tokens").path("data");
        return RemoteCredential.basic(data.path("tempUserName").asText("none"),
                data.path("authorizationToken").asText());
    }

    @Override
    public Collection<String> namespaces() throws IOException {
        Collection<String> names = new TreeSet<>();
        get("/namespace").path("data").path("namespaces").forEach(one -> names.add(one.path("namespace").asText()));
        return names;
    }

    @Override
    public Collection<String> repositories(String namespace) throws IOException {
        Collection<String> names = new TreeSet<>();
        for (int page = 1;; page++) {
            JsonNode data = get("/repos/" + namespace + "?Page=" + page + "&PageSize=" + PAGE).path("data");
            data.path("repos").forEach(one -> names.add(one.path("repoNamespace").asText() + "/"
                    + one.path("repoName").asText()));
            if (data.path("repos").isEmpty() || data.path("total").asLong() <= (long) page * PAGE) {
                return names;
            }
        }
    }

    private JsonNode get(String resource) throws IOException {
        Map<String, String> signed = new TreeMap<>(Map.of("x-acs-signature-method", "HMAC-SHA1",
                "x-acs-signature-nonce", UUID.randomUUID().toString(), "x-acs-signature-version", "1.0",
                "x-acs-version", "2016-06-07"));
        String date = DATE.format(Instant.now());
        StringBuilder text = new StringBuilder("GET\napplication/json\n\n\n" + date + "\n");
        signed.forEach((name, value) -> text.append(name).append(':').append(value).append('\n'));
        text.append(resource);
        RemoteRequest request = RemoteRequest.of("GET", URI.create(api + resource)).with("Accept", "application/json")
                .with("Date", date).with("Authorization", "acs " + key.accessKey() + ":"
                        + AliSignature.of(key.accessSecret(), text.toString()));
        for (Map.Entry<String, String> header : signed.entrySet()) {
            request = request.with(header.getKey(), header.getValue());
        }
        return http.send(request, Authorization.none(), RemoteAnswer::json);
    }
}
