// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.http;

import java.io.IOException;
import java.lang.ref.Cleaner;
import java.net.URI;
import java.nio.charset.CodingErrorAction;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.http.client.config.CookieSpecs;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.client.methods.RequestBuilder;
import org.apache.http.config.ConnectionConfig;
import org.apache.http.config.MessageConstraints;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.config.SocketConfig;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.conn.socket.PlainConnectionSocketFactory;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.harboree.remote.RemoteEndpoint;
import org.harboree.remote.RemoteRegistryException;
import org.harboree.remote.RemoteRegistryException.Kind;

/**
 * HTTP to one registry, its token endpoint and where it redirects to: a pool of connections, the rules where requests
 * may go, and when they are made again. Thread-safe. What it holds is let go when nobody refers to it any more.
 */
public final class RemoteHttp {
    /** Harbor does not count the pulls of such a client as pulls. */
    private static final String USER_AGENT = "harbor-registry-client";
    private static final int MAX_REDIRECTS = 5;
    private static final int MAX_HEADER_LINE = 64 << 10;
    private static final int MAX_HEADERS = 200;
    private static final long CONNECTION_LIFE_SECONDS = 120;
    private static final int CHECK_AFTER_IDLE_MILLIS = 1_000;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<String> HARMLESS = Set.of("Accept", "Range");
    private static final Cleaner CLEANER = Cleaner.create();

    private final CloseableHttpClient client;
    private final Retry retry;

    /** @throws RemoteRegistryException UNTRUSTED if the endpoint's authorities cannot be read */
    public RemoteHttp(RemoteEndpoint endpoint, TargetGuard guard, HttpLimits limits) throws RemoteRegistryException {
        PoolingHttpClientConnectionManager connections = connections(endpoint, guard, limits);
        this.client = HttpClientBuilder.create().setConnectionManager(connections).setConnectionManagerShared(true)
                .disableAutomaticRetries().disableRedirectHandling().disableCookieManagement().disableAuthCaching()
                .disableContentCompression().setUserAgent(USER_AGENT)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectTimeout(millis(limits.connect())).setSocketTimeout(millis(limits.silence()))
                        .setConnectionRequestTimeout(millis(limits.lease()))
                        .setCookieSpec(CookieSpecs.IGNORE_COOKIES).setNormalizeUri(false).build())
                .build();
        this.retry = limits.retry();
        CLEANER.register(this, connections::shutdown);
    }

    /** What is made of an answer. Runs again with a new one if reading it fails in a way that may pass. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(RemoteAnswer answer) throws IOException;
    }

    /**
     * Makes a request, and reads its answer.
     *
     * @throws RemoteRegistryException for any status but 2xx and those that the request accepts
     */
    public <T> T send(RemoteRequest request, Authorization authorization, Reader<T> reader) throws IOException {
        for (int attempt = 1;; attempt++) {
            try (RemoteAnswer answer = authorized(request, authorization)) {
                return reader.read(answer);
            } catch (IOException e) {
                giveUpUnlessRepeatable(request, attempt, e);
            }
        }
    }

    /** Makes a request, and hands out its answer with the body unread. The caller closes it. */
    public RemoteAnswer open(RemoteRequest request, Authorization authorization) throws IOException {
        for (int attempt = 1;; attempt++) {
            try {
                return authorized(request, authorization);
            } catch (IOException e) {
                giveUpUnlessRepeatable(request, attempt, e);
            }
        }
    }

    /** What a broken connection is called; for those who read an open answer. */
    public static RemoteRegistryException failure(RemoteRequest request, IOException e) throws IOException {
        if (e instanceof SourceBody.SourceFailure failure) {
            throw failure.getCause();
        }
        return e instanceof RemoteRegistryException known ? known : Failures.of(request, e);
    }

    /** What an answer is called that was understood, but makes no sense. */
    public static RemoteRegistryException malformed(RemoteRequest request, String why) {
        return new RemoteRegistryException(Kind.MALFORMED, request.describe(), why);
    }

    /** How often requests are repeated; for those who resume. */
    public Retry retry() {
        return retry;
    }

    private void giveUpUnlessRepeatable(RemoteRequest request, int attempt, IOException e) throws IOException {
        RemoteRegistryException failure = failure(request, e);
        if (!request.repeatable() || !retry.another(attempt, failure)) {
            throw failure;
        }
    }

    /** An answer that is none of the expected ones is closed here. */
    private RemoteAnswer authorized(RemoteRequest request, Authorization authorization) throws IOException {
        Optional<String> header = authorization.covers(request.uri()) ? authorization.header(request.scopes())
                : Optional.empty();
        RemoteAnswer answer = redirected(request, authorization, header);
        if (answer.status() != 401 || !authorization.covers(answer.uri())) {
            return accepted(request, answer);
        }
        try (answer) {
            RemoteRegistryException refusal = Failures.of(answer);
            if (!authorization.renew(answer, request.scopes(), header)) {
                throw refusal;
            }
        }
        return accepted(request, redirected(request, authorization, authorization.header(request.scopes())));
    }

    private static RemoteAnswer accepted(RemoteRequest request, RemoteAnswer answer) throws IOException {
        int status = answer.status();
        if (status >= 200 && status < 300 || request.accepted().contains(status)) {
            return answer;
        }
        try (answer) {
            throw Failures.of(answer);
        }
    }

    private RemoteAnswer redirected(RemoteRequest request, Authorization authorization, Optional<String> header)
            throws IOException {
        URI target = request.uri();
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            RemoteAnswer answer = exchange(request, target, authorization.covers(target) ? header : Optional.empty());
            if (!request.followsRedirects() || !REDIRECTS.contains(answer.status())) {
                return answer;
            }
            try (answer) {
                target = redirect(answer, target);
            }
        }
        throw refused(request, "redirected more than " + MAX_REDIRECTS + " times");
    }

    private RemoteAnswer exchange(RemoteRequest request, URI target, Optional<String> header) throws IOException {
        RequestBuilder builder = RequestBuilder.create(request.method()).setUri(target);
        boolean isElsewhere = !Origin.of(target).equals(Origin.of(request.uri()));
        request.headers().forEach((name, value) -> {
            // A header of another kind may be a key.
            if (!isElsewhere || HARMLESS.contains(name)) {
                builder.setHeader(name, value);
            }
        });
        request.body().ifPresent(builder::setEntity);
        header.ifPresent(value -> builder.setHeader("Authorization", value));
        HttpUriRequest built = builder.build();
        CloseableHttpResponse response = client.execute(built);
        return new RemoteAnswer(request, target, response);
    }

    private static URI redirect(RemoteAnswer answer, URI from) throws RemoteRegistryException {
        String location = answer.header("Location").orElse("");
        URI target;
        try {
            target = from.resolve(location.replace(" ", "%20"));
        } catch (IllegalArgumentException e) {
            throw answer.malformed("redirected to something that is not a URL");
        }
        Origin origin = Origin.of(target);
        if (location.isEmpty() || target.getHost() == null || !Set.of("http", "https").contains(origin.scheme())) {
            throw answer.malformed("redirected to something that is not a URL");
        }
        if (Origin.of(from).isEncrypted() && !origin.isEncrypted()) {
            throw refused(answer.request(), "redirected from https to http");
        }
        return target;
    }

    private static RemoteRegistryException refused(RemoteRequest request, String why) {
        return new RemoteRegistryException(Kind.TARGET_REFUSED, request.describe(), why);
    }

    private static PoolingHttpClientConnectionManager connections(RemoteEndpoint endpoint, TargetGuard guard,
            HttpLimits limits) throws RemoteRegistryException {
        ConnectionSocketFactory tls;
        try {
            tls = TlsTrust.of(endpoint);
        } catch (CertificateException e) {
            throw new RemoteRegistryException(Kind.UNTRUSTED, "GET " + endpoint.url(),
                    "its certificate authorities cannot be read: " + e.getMessage(), e);
        }
        PoolingHttpClientConnectionManager connections = new PoolingHttpClientConnectionManager(
                RegistryBuilder.<ConnectionSocketFactory>create().register("https", tls)
                        .register("http", PlainConnectionSocketFactory.getSocketFactory()).build(),
                null, null, guard, CONNECTION_LIFE_SECONDS, TimeUnit.SECONDS);
        connections.setDefaultMaxPerRoute(limits.connections());
        // The registry, its token endpoint, and where its blobs are.
        connections.setMaxTotal(3 * limits.connections());
        connections.setValidateAfterInactivity(CHECK_AFTER_IDLE_MILLIS);
        connections.setDefaultSocketConfig(SocketConfig.custom().setSoTimeout(millis(limits.silence()))
                .setTcpNoDelay(true).setSoKeepAlive(true).build());
        connections.setDefaultConnectionConfig(ConnectionConfig.custom()
                .setMalformedInputAction(CodingErrorAction.REPLACE).setUnmappableInputAction(CodingErrorAction.REPLACE)
                .setMessageConstraints(MessageConstraints.custom().setMaxLineLength(MAX_HEADER_LINE)
                        .setMaxHeaderCount(MAX_HEADERS).build()).build());
        return connections;
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
