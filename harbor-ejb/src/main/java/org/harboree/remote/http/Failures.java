// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.http.ConnectionClosedException;
import org.apache.http.MalformedChunkCodingException;
import org.apache.http.ProtocolException;
import org.apache.http.TruncatedChunkException;
import org.apache.http.client.ClientProtocolException;
import org.apache.http.conn.ConnectTimeoutException;
import org.apache.http.conn.ConnectionPoolTimeoutException;
import org.harboree.remote.RemoteRegistryException;
import org.harboree.remote.RemoteRegistryException.Kind;

/** Gives what went wrong with a request its name. */
final class Failures {
    private static final int MAX_BODY = 64 << 10;
    private static final int MAX_DETAIL = 400;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Failures() {
    }

    /** Of an answer with a status that is none of the expected. Reads its body. */
    static RemoteRegistryException of(RemoteAnswer answer) {
        String detail;
        try {
            detail = detail(answer.body().readNBytes(MAX_BODY));
        } catch (IOException e) {
            detail = "";
        }
        return new RemoteRegistryException(kind(answer), answer.request().describe(), answer.status(),
                detail.isEmpty() ? "no reason given" : detail, retryAfter(answer), null);
    }

    /** Of a request that got no answer, or not all of it. */
    static RemoteRegistryException of(RemoteRequest request, IOException e) throws InterruptedIOException {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new RemoteRegistryException(kind(e), request.describe(), message, e);
    }

    private static Kind kind(RemoteAnswer answer) {
        int status = answer.status();
        if (status == 401) {
            return answer.headers("WWW-Authenticate").stream().anyMatch(h -> h.contains("insufficient_scope"))
                    ? Kind.FORBIDDEN : Kind.UNAUTHORIZED;
        }
        return switch (status) {
            case 403 -> Kind.FORBIDDEN;
            case 404 -> Kind.NOT_FOUND;
            case 408 -> Kind.TIMEOUT;
            case 429 -> Kind.TOO_MANY_REQUESTS;
            case 501, 505 -> Kind.REFUSED;
            default -> status >= 500 ? Kind.SERVER_ERROR : status >= 400 ? Kind.REFUSED : Kind.MALFORMED;
        };
    }

    private static Kind kind(IOException e) throws InterruptedIOException {
        if (e instanceof TargetRefusedException) {
            return Kind.TARGET_REFUSED;
        }
        if (e instanceof SocketTimeoutException || e instanceof ConnectTimeoutException
                || e instanceof ConnectionPoolTimeoutException) {
            return Kind.TIMEOUT;
        }
        if (e instanceof InterruptedIOException interrupted) {
            throw interrupted;
        }
        if (e instanceof UnknownHostException) {
            return Kind.UNREACHABLE;
        }
        if (e instanceof SSLException) {
            return isDistrust(e) ? Kind.UNTRUSTED : Kind.UNREACHABLE;
        }
        if (e instanceof ConnectionClosedException || e instanceof TruncatedChunkException) {
            return Kind.TRUNCATED;
        }
        return e instanceof ClientProtocolException && e.getCause() instanceof ProtocolException
                || e instanceof MalformedChunkCodingException ? Kind.MALFORMED : Kind.UNREACHABLE;
    }

    private static boolean isDistrust(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException || cause instanceof SSLPeerUnverifiedException) {
                return true;
            }
        }
        return false;
    }

    /** The registry's words: of an OCI or Harbor error body, of a token endpoint's, or the text as it is. */
    private static String detail(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        try {
            JsonNode json = JSON.readTree(text);
            JsonNode first = json.path("errors").path(0);
            if (first.isObject()) {
                return clean(first.path("code").asText() + " " + first.path("message").asText());
            }
            for (String field : new String[] {"message", "error_description", "details", "detail", "error"}) {
                if (json.path(field).isTextual()) {
                    return clean(json.path(field).asText());
                }
            }
        } catch (IOException e) {
            return text.startsWith("<") ? "" : clean(text);
        }
        return clean(text);
    }

    private static String clean(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= MAX_DETAIL ? line : line.substring(0, MAX_DETAIL) + "…";
    }

    /** RFC 9110, section 10.2.3: seconds, or a date. */
    private static Optional<Duration> retryAfter(RemoteAnswer answer) {
        return answer.header("Retry-After").map(String::strip).flatMap(value -> {
            if (value.matches("[0-9]{1,9}")) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
            }
            try {
                Instant date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
                Duration wait = Duration.between(Instant.now(), date);
                return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        });
    }
}
