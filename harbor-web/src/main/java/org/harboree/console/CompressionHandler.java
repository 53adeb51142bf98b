// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.encoding.ContentEncodingRepository;
import io.undertow.server.handlers.encoding.EncodingHandler;
import io.undertow.server.handlers.encoding.GzipEncodingProvider;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import jakarta.faces.application.ResourceHandler;
import java.util.Set;

/**
 * Compresses the console's scripts, styles and drawings, which are the same for everybody. Never a page: it carries
 * tokens beside what a stranger may have chosen, and its length would tell of them (BREACH).
 *
 * <p>Undertow compresses at each request; a browser asks once for each version of a file.
 */
final class CompressionHandler implements HttpHandler {
    private static final String PREFIX = ResourceHandler.RESOURCE_IDENTIFIER + "/";
    private static final String GZIP = "gzip";
    /** What is text; fonts and pictures of other kinds are compressed in themselves. */
    private static final Set<String> TYPES = Set.of("text/css", "text/javascript", "application/javascript",
            "application/x-javascript", "image/svg+xml");

    private final HttpHandler next;
    private final HttpHandler compressing;

    CompressionHandler(HttpHandler next) {
        this.next = next;
        this.compressing = new EncodingHandler(next, new ContentEncodingRepository()
                .addEncodingHandler(GZIP, new GzipEncodingProvider(), 50, CompressionHandler::isText));
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        if (!exchange.getRelativePath().startsWith(PREFIX)) {
            next.handleRequest(exchange);
            return;
        }
        exchange.addResponseCommitListener(CompressionHandler::describe);
        compressing.handleRequest(exchange);
    }

    private static boolean isText(HttpServerExchange exchange) {
        String type = exchange.getResponseHeaders().getFirst(Headers.CONTENT_TYPE);
        return type != null && TYPES.contains(type.split(";", 2)[0].strip());
    }

    /** What Undertow leaves open: that caches keep both forms apart, and that a HEAD has not the other one's length. */
    private static void describe(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getResponseHeaders();
        headers.add(Headers.VARY, Headers.ACCEPT_ENCODING_STRING);
        if (exchange.getRequestMethod().equals(Methods.HEAD) && headers.contains(Headers.CONTENT_ENCODING)) {
            headers.remove(Headers.CONTENT_LENGTH);
        }
    }
}
