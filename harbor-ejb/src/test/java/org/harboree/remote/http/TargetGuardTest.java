// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.harboree.remote.RemoteEndpoint;
import org.harboree.remote.RemoteRegistryException;
import org.harboree.remote.RemoteRegistryException.Kind;
import org.harboree.remote.ScriptedUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetGuardTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
        "2130706433", "0.0.0.0", "0.1.2.3", "::", "169.254.169.254", "169.254.0.1", "fe80::1", "224.0.0.1", "ff02::1",
        "255.255.255.255", "100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254", "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "fec0::1", "2001::1", "100::1", "198.18.0.1", "198.19.255.255",
        "192.0.0.8", "240.0.0.1"})
    void shouldRefuse(String address) {
        assertThatThrownBy(() -> new TargetGuard(false).resolve(address)).isInstanceOf(TargetRefusedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "192.168.1.1", "172.16.0.1", "8.8.8.8", "fd12::1", "2001:db8::1",
        "100.64.0.1", "198.20.0.1", "192.0.2.1", "2001:1::1"})
    void shouldAllow(String address) throws UnknownHostException {
        assertThat(new TargetGuard(false).resolve(address)).hasSize(1);
    }

    @Test
    void shouldAllowLoopbackButNothingElseWhereThatIsSet() throws UnknownHostException {
        TargetGuard guard = new TargetGuard(true);

        assertThat(guard.resolve("127.0.0.1")).hasSize(1);
        assertThatThrownBy(() -> guard.resolve("0.0.0.0")).isInstanceOf(TargetRefusedException.class);
        assertThatThrownBy(() -> guard.resolve("169.254.169.254")).isInstanceOf(TargetRefusedException.class);
    }

    @Test
    void shouldRefuseANameWithOneForbiddenAddress() {
        TargetGuard guard = new TargetGuard(false, host -> new InetAddress[] {
            InetAddress.getByName("8.8.8.8"), InetAddress.getByName("169.254.169.254")});

        assertThatThrownBy(() -> guard.resolve("two.example.org")).hasMessageContaining("link-local");
    }

    @Test
    void shouldConnectToTheAddressThatWasCheckedAndNoOther() throws Exception {
        try (ScriptedUpstream upstream = new ScriptedUpstream()) {
            AtomicInteger asked = new AtomicInteger();
            TargetGuard guard = new TargetGuard(true, host -> new InetAddress[] {InetAddress.getByName(
                    asked.getAndIncrement() == 0 ? "127.0.0.1" : "169.254.169.254")});
            URI url = URI.create("http://rebind.example.org:" + upstream.url().getPort());
            RemoteHttp http = http(url, guard);

            int status = http.send(RemoteRequest.of("GET", url.resolve("/v2/")), Authorization.none(),
                    RemoteAnswer::status);

            assertThat(status).isEqualTo(200);
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void shouldCheckWhereARedirectLeads() throws Exception {
        try (ScriptedUpstream upstream = new ScriptedUpstream()) {
            upstream.on("GET", "/away", exchange -> {
                exchange.getResponseHeaders().add("Location", "http://169.254.169.254/latest/meta-data/");
                exchange.sendResponseHeaders(302, -1);
            });
            RemoteHttp http = http(upstream.url(), new TargetGuard(true));

            assertThatThrownBy(() -> http.send(RemoteRequest.of("GET", upstream.url().resolve("/away")),
                    Authorization.none(), RemoteAnswer::status))
                    .isInstanceOf(RemoteRegistryException.class).extracting("kind").isEqualTo(Kind.TARGET_REFUSED);
        }
    }

    @Test
    void shouldEndARedirectInACircle() throws Exception {
        try (ScriptedUpstream upstream = new ScriptedUpstream()) {
            upstream.on("GET", "/round", exchange -> {
                exchange.getResponseHeaders().add("Location", "/round");
                exchange.sendResponseHeaders(302, -1);
            });
            RemoteHttp http = http(upstream.url(), new TargetGuard(true));

            assertThatThrownBy(() -> http.send(RemoteRequest.of("GET", upstream.url().resolve("/round")),
                    Authorization.none(), RemoteAnswer::status))
                    .isInstanceOf(RemoteRegistryException.class).extracting("kind").isEqualTo(Kind.TARGET_REFUSED);
            assertThat(upstream.asked("GET /round").size()).isLessThan(10);
        }
    }

    private static RemoteHttp http(URI url, TargetGuard guard) throws RemoteRegistryException {
        Retry retry = new Retry(1, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ZERO);
        return new RemoteHttp(RemoteEndpoint.of("docker-registry", url, Optional.empty()), guard,
                new HttpLimits(Duration.ofSeconds(5), Duration.ofSeconds(5), 2, Duration.ofSeconds(5), retry));
    }
}
