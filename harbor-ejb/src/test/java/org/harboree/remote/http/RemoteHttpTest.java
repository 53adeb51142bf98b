// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.harboree.remote.RemoteEndpoint;
import org.harboree.remote.RemoteRegistryException;
import org.harboree.remote.RemoteRegistryException.Kind;
import org.harboree.remote.ScriptedUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RemoteHttpTest {
    private static final int CONNECTIONS = 2;

    private final ScriptedUpstream upstream = new ScriptedUpstream();

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void shouldNotHaveMoreConnectionsThanAllowed() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        upstream.on("GET", "/slow", exchange -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            pause();
            now.decrementAndGet();
            ScriptedUpstream.json(exchange, 200, "{}");
        });
        RemoteHttp http = http(Duration.ofSeconds(20));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            answers.add(threads.submit(() -> get(http, "/slow")));
        }

        for (Future<Integer> answer : answers) {
            assertThat(answer.get()).isEqualTo(200);
        }
        threads.shutdown();
        assertThat(most).hasValueLessThanOrEqualTo(CONNECTIONS);
    }

    @Test
    void shouldTellThatAllConnectionsAreInUse() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        upstream.on("GET", "/held", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            await(done);
        });
        RemoteHttp http = http(Duration.ofMillis(200));
        try (RemoteAnswer first = open(http); RemoteAnswer second = open(http)) {
            assertThat(first.body().read()).isEqualTo(1);
            assertThat(second.body().read()).isEqualTo(1);
            assertThatThrownBy(() -> get(http, "/v2/")).isInstanceOf(RemoteRegistryException.class)
                    .extracting("kind").isEqualTo(Kind.TIMEOUT);
        }
        assertThat(get(http, "/v2/")).isEqualTo(200);
        done.countDown();
    }

    @Test
    void shouldNotCarryKeysToAnotherHost() throws Exception {
        try (ScriptedUpstream elsewhere = new ScriptedUpstream()) {
            upstream.on("GET", "/away", exchange -> {
                exchange.getResponseHeaders().add("Location", elsewhere.url() + "/v2/");
                exchange.sendResponseHeaders(302, -1);
            });
            Authorization basic = Authorization.fixed(upstream.url(), Optional.of("Basic secret"));

            http(Duration.ofSeconds(1)).send(RemoteRequest.of("GET", upstream.url().resolve("/away"))
                    .with("PRIVATE-TOKEN", "secret").with("Accept", "application/json"), basic, RemoteAnswer::status);

            assertThat(upstream.asked("/away").get(0).header("private-token")).isEqualTo("secret");
            assertThat(upstream.asked("/away").get(0).header("authorization")).isEqualTo("Basic secret");
            assertThat(elsewhere.asked()).hasSize(1);
            assertThat(elsewhere.asked().get(0).header("private-token")).isNull();
            assertThat(elsewhere.asked().get(0).header("authorization")).isNull();
            assertThat(elsewhere.asked().get(0).header("accept")).isEqualTo("application/json");
        }
    }

    @Test
    void shouldNameARequestWithoutItsQuery() {
        upstream.answer(1, "/v2/", 403);

        assertThatThrownBy(() -> get(http(Duration.ofSeconds(1)), "/v2/?token=secret"))
                .hasMessageContaining("/v2/ answered 403").hasMessageNotContaining("secret");
    }

    private RemoteAnswer open(RemoteHttp http) throws Exception {
        return http.open(RemoteRequest.of("GET", upstream.url().resolve("/held")), Authorization.none());
    }

    private int get(RemoteHttp http, String path) throws Exception {
        URI uri = upstream.url().resolve(path);
        return http.send(RemoteRequest.of("GET", uri), Authorization.none(), RemoteAnswer::status);
    }

    private RemoteHttp http(Duration lease) throws RemoteRegistryException {
        Retry retry = new Retry(1, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ZERO);
        return new RemoteHttp(RemoteEndpoint.of("docker-registry", upstream.url(), Optional.empty()),
                new TargetGuard(true),
                new HttpLimits(Duration.ofSeconds(5), Duration.ofSeconds(5), CONNECTIONS, lease, retry));
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
