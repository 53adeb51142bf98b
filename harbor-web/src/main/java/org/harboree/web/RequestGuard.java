// SPDX-License-Identifier: Apache-2.0
package org.harboree.web;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Protocols;
import java.util.Optional;
import java.util.regex.Pattern;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;

/**
 * Refuses what Undertow's parser lets pass and RFC 9110 and 9112 do not: two readers of such a request, a proxy and we,
 * could read two different ones (request smuggling). The connection is closed after a refusal.
 *
 * <p>It also takes {@code Accept} out of requests to doors that negotiate nothing, so that no form of it is an error.
 */
final class RequestGuard implements HttpHandler {
    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
    private static final String MARKS = "!#$%&'*+-.^_`|~";
    private static final boolean[] TOKEN = new boolean[128];
    private static final Pattern BAD_QUALITY =
            Pattern.compile(";\\s*q=(?!(0(\\.\\d{0,3})?|1(\\.0{0,3})?)\\s*([,;]|$))", Pattern.CASE_INSENSITIVE);

    static {
        for (char c = 0; c < TOKEN.length; c++) {
            TOKEN[c] = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || MARKS.indexOf(c) >= 0;
        }
    }

    private final HttpHandler next;

    RequestGuard(HttpHandler next) {
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        Optional<HarborException> refusal = check(exchange);
        if (refusal.isPresent()) {
            refuse(exchange, refusal.get());
            return;
        }
        calmAccept(exchange);
        next.handleRequest(exchange);
    }

    private static Optional<HarborException> check(HttpServerExchange exchange) {
        HttpString method = exchange.getRequestMethod();
        for (int i = 0; i < method.length(); i++) {
            if (method.byteAt(i) >= 'a' && method.byteAt(i) <= 'z') {
                return Optional.of(new HarborException(ErrorCode.METHOD_UNSUPPORTED));
            }
        }
        if (!exchange.getRequestPath().startsWith("/")) {
            return Optional.of(new HarborException(ErrorCode.METHOD_UNSUPPORTED,
                    "only addresses with a path are served"));
        }
        HeaderMap headers = exchange.getRequestHeaders();
        boolean good = isFramedOnce(exchange, headers);
        for (HeaderValues values : headers) {
            good &= isToken(values.getHeaderName()) && arePrintable(values);
        }
        return good ? Optional.empty()
                : Optional.of(new HarborException(ErrorCode.UNSUPPORTED, "the head of the request is malformed"));
    }

    /** RFC 9112 6.1 and 6.3: chunks or a length, never both, and no other coding than {@code chunked}, once. */
    private static boolean isFramedOnce(HttpServerExchange exchange, HeaderMap headers) {
        HeaderValues codings = headers.get(Headers.TRANSFER_ENCODING);
        HeaderValues lengths = headers.get(Headers.CONTENT_LENGTH);
        if (codings == null) {
            return lengths == null || lengths.size() == 1;
        }
        return lengths == null && codings.size() == 1 && codings.getFirst().strip().equalsIgnoreCase("chunked")
                && !exchange.getProtocol().equals(Protocols.HTTP_1_0);
    }

    private static boolean isToken(HttpString name) {
        for (int i = 0; i < name.length(); i++) {
            byte b = name.byteAt(i);
            if (b < 0 || !TOKEN[b]) {
                return false;
            }
        }
        return name.length() > 0;
    }

    private static boolean arePrintable(HeaderValues values) {
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            for (int j = 0; j < value.length(); j++) {
                char c = value.charAt(j);
                if (c < ' ' && c != '\t' || c == 0x7f) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void calmAccept(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getRequestHeaders();
        String path = exchange.getRequestPath();
        boolean negotiates = !path.startsWith("/v2") && !path.startsWith("/service/");
        HeaderValues accept = headers.get(Headers.ACCEPT);
        if (accept != null && (!negotiates || accept.stream().anyMatch(v -> BAD_QUALITY.matcher(v).find()))) {
            headers.remove(Headers.ACCEPT);
        }
    }

    private static void refuse(HttpServerExchange exchange, HarborException refusal) {
        HeaderMap headers = exchange.getResponseHeaders();
        HttpString id = new HttpString(RequestId.HEADER);
        headers.put(id, RequestId.of(exchange.getRequestHeaders().getFirst(id)));
        headers.put(Headers.CONTENT_TYPE, "application/json; charset=utf-8");
        if (refusal.code() == ErrorCode.METHOD_UNSUPPORTED) {
            headers.put(Headers.ALLOW, METHODS);
        }
        exchange.setStatusCode(refusal.code().status());
        exchange.setPersistent(false);
        exchange.getResponseSender().send(Errors.body(refusal));
    }
}
