// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.harboree.it.Product;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many clients that do the same at the same time. */
@Tag("load")
class ConcurrencyIT {
    private static final int CLIENTS = 100;
    /** MiB of the layer that all push: 64 where there is time (-Dharbor.it.layer.mib=64). */
    private static final int LAYER_MIB = Integer.getInteger("harbor.it.layer.mib", 8);
    private static final int CHUNKS = 4;

    private final Product product = Product.running();
    private final Registry registry = new Registry(product.url(), product.adminPassword());

    @Test
    void shouldKeepOneCopyOfALayerThatAHundredPush() throws Exception {
        String repository = product.api().newProject("many") + "/app";
        byte[] layer = GeneratedBytes.bytes(System.nanoTime(), LAYER_MIB << 20);
        String digest = GeneratedBytes.digest(new ByteArrayInputStream(layer));
        List<String> uploads = new ArrayList<>();
        for (int i = 0; i < CLIENTS / 2; i++) {
            uploads.add(registry.start(repository));
        }

        List<Integer> statuses = atOnce(i -> i % 2 == 0
                ? registry.push(repository, layer)
                : chunked(uploads.get(i / 2), layer, digest));

        assertThat(statuses).hasSize(CLIENTS).containsOnly(201);
        assertThat(registry.pull(repository, digest)).isEqualTo(200);
        for (String upload : uploads) {
            assertThat(registry.offset(upload)).as("a session that has ended").isEqualTo(-1);
        }
        if (product.data().isPresent()) {
            String hex = digest.substring(digest.indexOf(':') + 1);
            assertThat(files(product.data().get(), "/" + hex + "/")).as("stored copies").hasSize(1);
            assertThat(files(product.data().get(), "/uploads/").stream().filter(f -> size(f) == layer.length))
                    .as("staged bytes left").isEmpty();
        }
    }

    private int chunked(String upload, byte[] layer, String digest) throws IOException, InterruptedException {
        int size = layer.length / CHUNKS;
        for (int from = 0; from < layer.length; from += size) {
            HttpResponse<String> answer =
                    registry.send("PATCH", upload, BodyPublishers.ofByteArray(layer, from, size));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        }
        return registry.send("PUT", upload + "?digest=" + digest).statusCode();
    }

    private static List<Path> files(Path folder, String part) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).filter(file -> file.toString().contains(part)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path file) {
        return file.toFile().length();
    }

    @Test
    void shouldEndWithOneOfTheTagsThatWereAcknowledged() throws Exception {
        String repository = product.api().newProject("race") + "/app";
        registry.pushConfig(repository);
        assertThat(registry.push(repository, new byte[] {1})).isEqualTo(201);
        String layer = GeneratedBytes.digest(new ByteArrayInputStream(new byte[] {1}));
        assertThat(put(repository, -1, layer).statusCode()).isEqualTo(201);
        AtomicBoolean running = new AtomicBoolean(true);
        Set<Integer> seen = ConcurrentHashMap.newKeySet();
        ExecutorService readers = Executors.newFixedThreadPool(4);
        for (int i = 0; i < 4; i++) {
            readers.submit(() -> {
                while (running.get()) {
                    seen.add(registry.send("GET", "/v2/" + repository + "/manifests/race").statusCode());
                }
                return null;
            });
        }
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        List<Integer> statuses = atOnce(i -> {
            HttpResponse<String> answer = put(repository, i, layer);
            answer.headers().firstValue("Docker-Content-Digest").ifPresent(acknowledged::add);
            return answer.statusCode();
        });
        running.set(false);
        readers.shutdown();

        assertThat(statuses).containsOnly(201);
        assertThat(seen).as("what readers saw meanwhile").containsOnly(200);
        String last = registry.send("GET", "/v2/" + repository + "/manifests/race").headers()
                .firstValue("Docker-Content-Digest").orElseThrow();
        assertThat(acknowledged).hasSize(CLIENTS).contains(last);
        assertThat(registry.send("HEAD", "/v2/" + repository + "/manifests/race").headers()
                .firstValue("Docker-Content-Digest")).contains(last);
    }

    private HttpResponse<String> put(String repository, int number, String layer)
            throws IOException, InterruptedException {
        String image = Registry.image(layer, 1).replaceFirst("}]}$", "}],\"annotations\":{\"n\":\"" + number + "\"}}");
        return registry.send("PUT", "/v2/" + repository + "/manifests/race", BodyPublishers.ofString(image));
    }

    private interface Client {
        int run(int number) throws IOException, InterruptedException;
    }

    /** All clients begin together; what each of them was answered. */
    private static List<Integer> atOnce(Client client) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        CountDownLatch ready = new CountDownLatch(CLIENTS);
        try {
            List<Callable<Integer>> all = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int number = i;
                all.add(() -> {
                    ready.countDown();
                    ready.await();
                    return client.run(number);
                });
            }
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> status : clients.invokeAll(all)) {
                statuses.add(status.get());
            }
            return statuses;
        } finally {
            clients.shutdown();
        }
    }
}
