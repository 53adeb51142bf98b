// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.http;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.http.HttpEntity;

/**
 * A request to another registry.
 *
 * @param scopes what a token has to allow for it, in the words of Docker's token protocol
 * @param accepted statuses besides 2xx that are an answer and no failure
 * @param repeatable whether it may be made again after a failure that may pass
 */
public record RemoteRequest(String method, URI uri, Map<String, String> headers, Optional<HttpEntity> body,
        List<String> scopes, Set<Integer> accepted, boolean repeatable) {
    public RemoteRequest {
        headers = Map.copyOf(headers);
        scopes = List.copyOf(scopes);
        accepted = Set.copyOf(accepted);
    }

    /** A request without a body that may be repeated. */
    public static RemoteRequest of(String method, URI uri, String... scopes) {
        return new RemoteRequest(method, uri, Map.of(), Optional.empty(), List.of(scopes), Set.of(), true);
    }

    public RemoteRequest with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new RemoteRequest(method, uri, more, body, scopes, accepted, repeatable);
    }

    public RemoteRequest with(HttpEntity entity) {
        return new RemoteRequest(method, uri, headers, Optional.of(entity), scopes, accepted, repeatable);
    }

    public RemoteRequest accepting(Integer... statuses) {
        return new RemoteRequest(method, uri, headers, body, scopes, Set.of(statuses), repeatable);
    }

    /** The same, but a failure is for the caller to deal with. */
    public RemoteRequest once() {
        return new RemoteRequest(method, uri, headers, body, scopes, accepted, false);
    }

    /** Whether it can be sent to another place if the registry says so. */
    boolean followsRedirects() {
        return method.equals("GET") || method.equals("HEAD");
    }

    /** For messages: without query and user, which may be secret. */
    String describe() {
        int port = uri.getPort();
        return method + " " + uri.getScheme() + "://" + uri.getHost() + (port < 0 ? "" : ":" + port)
                + uri.getRawPath();
    }
}
