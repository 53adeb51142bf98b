// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.harboree.it.Product;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** New signing keys while clients pull and ask for tokens: no client ever notices. */
class KeyRotationIT {
    private static final int ROTATIONS = 15;
    private static final int CLIENTS = 3;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Product product = Product.running();
    private final Docker admin = new Docker(product.url(), "admin", product.adminPassword());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicBoolean rotated = new AtomicBoolean();
    private String repository;

    @BeforeEach
    void push() {
        repository = product.api().newProject("rotation") + "/image";
        admin.pushImage(repository, "latest", "rotation");
    }

    @AfterEach
    void stopClients() {
        rotated.set(true);
        threads.shutdownNow();
    }

    @Test
    void shouldFailNoRequestWhileKeysRotate() throws Exception {
        List<Future<Integer>> clients = new ArrayList<>();
        String before = admin.token(repository, "pull");
        AtomicInteger requests = new AtomicInteger();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(threads.submit(untilRotated(requests, () -> pull(before))));
            clients.add(threads.submit(untilRotated(requests, () -> pull(admin.token(repository, "pull")))));
        }
        for (int i = 0; i < ROTATIONS; i++) {
            String unused = admin.token(repository, "pull");
            int seen = requests.get();
            String kid = rotate();
            assertThat(kidOf(admin.token(repository, "pull"))).as("signs from now on").isEqualTo(kid);
            assertThat(pull(unused)).as("a token of the key before, used for the first time").isEqualTo(200);
            while (requests.get() < seen + CLIENTS && clients.stream().noneMatch(Future::isDone)) {
                Thread.onSpinWait();
            }
        }
        rotated.set(true);
        for (Future<Integer> client : clients) {
            assertThat(client.get()).as("status of a failed pull, 200 if there was none").isEqualTo(200);
        }
    }

    @Test
    void shouldPublishTheNewKeyBesideTheOldOnes() throws IOException {
        String old = kidOf(admin.token(repository, "pull"));
        String current = rotate();
        List<String> published = JSON.readTree(send("GET", "/service/token/jwks", 200)).get("keys")
                .findValuesAsText("kid");
        assertThat(published.get(0)).isEqualTo(current);
        assertThat(published).contains(old);
        String certificates = new String(send("GET", "/service/token/certificates", 200));
        assertThat(certificates.split("BEGIN CERTIFICATE", -1)).hasSize(published.size() + 1);
    }

    /** Until the keys have rotated, or until a request fails: its status. */
    private Callable<Integer> untilRotated(AtomicInteger requests, Callable<Integer> request) {
        return () -> {
            int status = 200;
            while (status == 200 && !rotated.get()) {
                status = request.call();
                requests.incrementAndGet();
            }
            return status;
        };
    }

    private int pull(String token) {
        return admin.send("GET", "/v2/" + repository + "/manifests/latest", token, new byte[0]).statusCode();
    }

    private String rotate() throws IOException {
        return JSON.readTree(send("POST", "/service/token/keys", 201)).get("kid").asText();
    }

    private byte[] send(String method, String path, int status) {
        HttpResponse<byte[]> answer = admin.send(method, path, admin.basic(), new byte[0]);
        assertThat(answer.statusCode()).isEqualTo(status);
        return answer.body();
    }

    private static String kidOf(String bearer) throws IOException {
        String header = bearer.substring("Bearer ".length(), bearer.indexOf('.'));
        return JSON.readTree(Base64.getUrlDecoder().decode(header)).get("kid").asText();
    }
}
