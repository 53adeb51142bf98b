// SPDX-License-Identifier: Apache-2.0
package org.harboree.v2;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import jakarta.servlet.ServletContext;
import java.nio.ByteBuffer;
import org.harboree.registry.StoredManifest;
import org.harboree.registry.WarmPulls;
import org.harboree.web.RequestId;

/**
 * Answers the pulls for which everything is in memory, before a request becomes a servlet request; hands all others on
 * to the JAX-RS resources. See docs/adr/0003.
 *
 * <p>It serves what {@link ManifestResource} and {@link BlobResource} would: the same headers, the same bytes.
 */
final class WarmPullHandler implements HttpHandler {
    /** Attribute of the servlet context under which {@link WarmPullSetup} puts the service. */
    static final String SERVICE = WarmPulls.class.getName();

    private static final String PREFIX = "/v2/";
    private static final String MANIFESTS = "/manifests/";
    private static final String BLOBS = "/blobs/";
    private static final String BEARER = "Bearer ";
    private static final HttpString CONTENT_DIGEST = new HttpString(ManifestResource.CONTENT_DIGEST);
    private static final HttpString API_VERSION = new HttpString(VersionHeader.NAME);
    private static final HttpString REQUEST_ID = new HttpString(RequestId.HEADER);

    private final HttpHandler next;
    private final ServletContext context;
    private volatile WarmPulls pulls;

    WarmPullHandler(HttpHandler next, ServletContext context) {
        this.next = next;
        this.context = context;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        if (!isPlainPull(exchange) || !answer(exchange)) {
            next.handleRequest(exchange);
        }
    }

    /** A GET or HEAD with nothing in it that asks for more than the content. */
    private static boolean isPlainPull(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getRequestHeaders();
        return (exchange.getRequestMethod().equals(Methods.GET) || exchange.getRequestMethod().equals(Methods.HEAD))
                && exchange.getRequestURI().startsWith(PREFIX)
                && exchange.getQueryString().isEmpty()
                && !headers.contains(Headers.RANGE)
                && !headers.contains(Headers.IF_NONE_MATCH)
                && !headers.contains(Headers.IF_MATCH)
                && exchange.isRequestComplete();
    }

    private boolean answer(HttpServerExchange exchange) {
        String authorization = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
        WarmPulls service = service();
        if (service == null || authorization == null || !authorization.startsWith(BEARER)) {
            return false;
        }
        String token = authorization.substring(BEARER.length());
        String path = exchange.getRequestURI();
        int slash = path.lastIndexOf('/');
        String last = path.substring(slash + 1);
        if (path.startsWith(MANIFESTS, slash + 1 - MANIFESTS.length())) {
            String repository = name(path, slash + 1 - MANIFESTS.length());
            return answerManifest(exchange, service, token, repository, last);
        }
        if (path.startsWith(BLOBS, slash + 1 - BLOBS.length()) && exchange.getRequestMethod().equals(Methods.GET)) {
            return answerBlob(exchange, service, token, name(path, slash + 1 - BLOBS.length()), last);
        }
        return false;
    }

    private static String name(String path, int end) {
        return end <= PREFIX.length() ? "" : path.substring(PREFIX.length(), end);
    }

    private WarmPulls service() {
        WarmPulls known = pulls;
        if (known == null) {
            known = (WarmPulls) context.getAttribute(SERVICE);
            pulls = known;
        }
        return known;
    }

    private static boolean answerManifest(
            HttpServerExchange exchange, WarmPulls service, String token, String repository, String reference) {
        boolean get = exchange.getRequestMethod().equals(Methods.GET);
        StoredManifest manifest = service.manifest(token, repository, reference, get).orElse(null);
        if (manifest == null) {
            return false;
        }
        describe(exchange, manifest.digest(), manifest.mediaType(), manifest.content().length);
        if (get) {
            exchange.getResponseSender().send(ByteBuffer.wrap(manifest.content()));
        } else {
            exchange.endExchange();
        }
        return true;
    }

    private static boolean answerBlob(
            HttpServerExchange exchange, WarmPulls service, String token, String repository, String digest) {
        ByteBuffer content = service.blob(token, repository, digest).orElse(null);
        if (content == null) {
            return false;
        }
        describe(exchange, digest, "application/octet-stream", content.remaining());
        exchange.getResponseHeaders().put(Headers.ACCEPT_RANGES, "bytes");
        exchange.getResponseSender().send(content);
        return true;
    }

    private static void describe(HttpServerExchange exchange, String digest, String mediaType, int length) {
        HeaderMap headers = exchange.getResponseHeaders();
        headers.put(API_VERSION, VersionHeader.VALUE);
        headers.put(CONTENT_DIGEST, digest);
        headers.put(Headers.ETAG, EntityTag.of(digest));
        headers.put(Headers.CONTENT_TYPE, mediaType);
        headers.put(REQUEST_ID, RequestId.of(exchange.getRequestHeaders().getFirst(REQUEST_ID)));
        exchange.setResponseContentLength(length);
    }
}
