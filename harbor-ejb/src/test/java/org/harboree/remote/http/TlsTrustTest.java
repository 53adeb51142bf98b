// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.harboree.remote.RemoteCredential;
import org.harboree.remote.RemoteEndpoint;
import org.harboree.remote.RemoteRegistryException;
import org.harboree.remote.RemoteRegistryException.Kind;
import org.harboree.remote.ScriptedUpstream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTrustTest {
    @TempDir
    static Path folder;

    private static TlsServer server;
    private static TlsServer stranger;

    @BeforeAll
    static void start() throws Exception {
        server = new TlsServer(folder, "ip:127.0.0.1", exchange -> {
            if (exchange.getRequestURI().getPath().equals("/down")) {
                exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
                exchange.sendResponseHeaders(307, -1);
            } else if (exchange.getRequestURI().getPath().equals("/v2/")) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Bearer realm=\"http://127.0.0.1:1/token\"");
                exchange.sendResponseHeaders(401, -1);
            } else {
                ScriptedUpstream.json(exchange, 200, "{}");
            }
            exchange.close();
        });
        stranger = new TlsServer(folder, "dns:registry.example.org",
                exchange -> ScriptedUpstream.json(exchange, 200, "{}"));
    }

    @AfterAll
    static void stop() {
        server.close();
        stranger.close();
    }

    @Test
    void shouldNotBelieveACertificateOfNobodyKnown() {
        assertUntrusted(server, false, Optional.empty());
    }

    @Test
    void shouldBelieveTheAuthorityOfTheEndpoint() throws IOException {
        assertThat(status(server, false, Optional.of(server.certificate()))).isEqualTo(200);
    }

    @Test
    void shouldBelieveEachOfSeveralAuthorities() throws IOException {
        assertThat(status(server, false, Optional.of(stranger.certificate() + server.certificate()))).isEqualTo(200);
    }

    @Test
    void shouldNotBelieveAnotherAuthority() {
        assertUntrusted(server, false, Optional.of(stranger.certificate()));
    }

    @Test
    void shouldNotBelieveACertificateOfAnotherHost() {
        assertUntrusted(stranger, false, Optional.of(stranger.certificate()));
    }

    @Test
    void shouldBelieveEverythingWhereThatIsWanted() throws IOException {
        assertThat(status(server, true, Optional.empty())).isEqualTo(200);
        assertThat(status(stranger, true, Optional.empty())).isEqualTo(200);
    }

    @Test
    void shouldNameAnAuthorityThatCannotBeRead() {
        assertUntrusted(server, false, Optional.of("no certificate"));
    }

    @Test
    void shouldNotFollowARedirectThatLeavesTls() {
        assertThatThrownBy(() -> http(server, true, Optional.empty()).send(
                RemoteRequest.of("GET", server.url().resolve("/down")), Authorization.none(), RemoteAnswer::status))
                .isInstanceOf(RemoteRegistryException.class).extracting("kind").isEqualTo(Kind.TARGET_REFUSED);
    }

    @Test
    void shouldNotSendThePasswordToATokenEndpointWithoutTls() throws IOException {
        RemoteHttp http = http(server, true, Optional.empty());
        Authorization authorization = new ChallengeAuthorization(http, server.url(),
                () -> Optional.of(RemoteCredential.basic("robot", "secret")));

        assertThatThrownBy(() -> http.send(RemoteRequest.of("GET", server.url().resolve("/v2/")), authorization,
                RemoteAnswer::status))
                .isInstanceOf(RemoteRegistryException.class).extracting("kind").isEqualTo(Kind.TARGET_REFUSED);
    }

    private static void assertUntrusted(TlsServer target, boolean insecure, Optional<String> authority) {
        assertThatThrownBy(() -> status(target, insecure, authority)).isInstanceOf(RemoteRegistryException.class)
                .extracting("kind").isEqualTo(Kind.UNTRUSTED);
    }

    private static int status(TlsServer target, boolean insecure, Optional<String> authority) throws IOException {
        URI uri = target.url().resolve("/");
        return http(target, insecure, authority).send(RemoteRequest.of("GET", uri), Authorization.none(),
                RemoteAnswer::status);
    }

    private static RemoteHttp http(TlsServer target, boolean insecure, Optional<String> authority)
            throws RemoteRegistryException {
        Retry retry = new Retry(1, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ZERO);
        return new RemoteHttp(new RemoteEndpoint("docker-registry", target.url(), Optional.empty(), insecure,
                authority), new TargetGuard(true),
                new HttpLimits(Duration.ofSeconds(10), Duration.ofSeconds(10), 2, Duration.ofSeconds(10), retry));
    }
}
